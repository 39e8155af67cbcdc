import type { Actor } from '@dealwire/contracts'
import { runOne, statement, type Tx } from '@dealwire/db/client'
import { ownFiguresOf } from '../directory/scope.ts'
import type { Window } from '../windows/window.ts'

/** `$2` is null or the user whose activities count: assigned to them, or made by them and assigned to nobody. */
export const ownActivities =
  '($2::uuid IS NULL OR a.assigned_to_id = $2 OR (a.assigned_to_id IS NULL AND a.created_by_id = $2))'

const counted = (column: string, from: string, to: string) =>
  `(SELECT count(*) FROM activity_facts a WHERE a.company_id = $1 AND NOT a.deleted AND ${ownActivities}
      AND a.${column} >= ${from}::timestamptz AND a.${column} < ${to}::timestamptz)`

const activityPanel = statement(
  'activity_panel',
  `SELECT jsonb_build_object('created', ${counted('created_at', '$3', '$4')}, 'done', ${counted('done_at', '$3', '$4')},
     'overdue', (SELECT count(*) FROM activity_facts a WHERE a.company_id = $1 AND NOT a.deleted AND ${ownActivities}
       AND a.done_at IS NULL AND a.due_at < now()))::text AS current,
   jsonb_build_object('created', ${counted('created_at', '$5', '$3')}, 'done', ${counted('done_at', '$5', '$3')})::text AS previous`,
)

export type ActivityPanel = { readonly current: string; readonly previous: string }

/** Activities that were added and done in the window, and those that are overdue now. */
export async function getActivityPanel(tx: Tx, actor: Actor, window: Window): Promise<ActivityPanel> {
  const values = [actor.companyId, ownFiguresOf(actor), window.from, window.to, window.previousFrom]
  return (await runOne<ActivityPanel>(tx, activityPanel, values)) ?? { current: '{}', previous: '{}' }
}
