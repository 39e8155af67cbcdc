import type { Actor, listSalesPlansRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { salesPlanList } from './sales-plans.repository.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** To scope `own` only its own plans are there, whatever it asks for. */
export async function listPlans(
  db: Executor,
  actor: Actor,
  { limit, cursor, count, sort, userId, teamId, period }: QueryOf<typeof listSalesPlansRoute>,
): Promise<string> {
  const asked = userId === 'me' ? (actor.userId ?? NOBODY) : userId
  const filters = { userId: actor.scope === 'own' ? ownOnly(actor, asked) : asked, teamId, period }
  return listPage(db, salesPlanList, actor.companyId, { limit, cursor, count, sort, filters })
}

function ownOnly({ userId }: Actor, asked: string | undefined): string {
  return userId !== null && (asked ?? userId) === userId ? userId : NOBODY
}
