import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import type { GroupFilters } from './list-agent-figures.ts'

const known = statement(
  'known_queue_and_agent',
  `SELECT $2::text IS NULL OR EXISTS (SELECT FROM queue_settings WHERE company_id = $1 AND queue = $2)
       OR EXISTS (SELECT FROM queue_visit_facts WHERE company_id = $1 AND queue = $2) AS queue,
     $3::uuid IS NULL OR EXISTS (SELECT FROM user_refs WHERE company_id = $1 AND id = $3)
       OR EXISTS (SELECT FROM agent_call_facts WHERE company_id = $1 AND agent_id = $3) AS agent`,
)

/** A filter for what nobody has heard of is a mistake, not an empty answer. Asking for oneself is never one. */
export async function expectKnown(executor: Executor, actor: Actor, { queue, agentId }: GroupFilters): Promise<void> {
  const other = agentId === actor.userId ? undefined : agentId
  if (queue === undefined && other === undefined) return
  const found = await runOne<{ queue: boolean; agent: boolean }>(executor, known, [
    actor.companyId,
    queue ?? null,
    other ?? null,
  ])
  if (found?.queue !== true)
    throw new AppError(
      'not_found',
      'not_found',
      `There is no queue '${queue}': it is neither set up nor named by any call.`,
    )
  if (!found.agent) throw notFound('agent', other ?? '')
}
