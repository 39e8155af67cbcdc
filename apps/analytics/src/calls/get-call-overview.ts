import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import { ownAgent } from '../directory/scope.ts'
import type { Window } from '../windows/window.ts'
import { type Granularity, overviewExpression } from './call-overview.repository.ts'
import type { ServiceLevelFormula } from './service-level.ts'

export type CallFilters = {
  readonly queue?: string | undefined
  readonly agentId?: string | undefined
  readonly direction?: string | undefined
  readonly granularity: Granularity
  readonly formula: ServiceLevelFormula
}

const current = { from: '$7::timestamptz', to: '$8::timestamptz' }
const previous = { from: '$9::timestamptz', to: current.from }

/** The call figures of a window as JSON text without its closing brace's `meta`. */
export async function getCallOverview(
  executor: Executor,
  actor: Actor,
  window: Window,
  filters: CallFilters,
): Promise<string> {
  const agentId = ownAgent(actor, filters.agentId)
  const values = [
    actor.companyId,
    window.timeZone,
    agentId,
    filters.queue ?? null,
    filters.direction ?? null,
    filters.formula,
    window.from,
    window.to,
  ]
  const row = await runOne<{ figures: string }>(executor, overviewBy[filters.granularity], values)
  return row?.figures ?? '{}'
}

/** The same for the dashboard, with the totals of the period before, in one statement. */
export async function getCallPanel(
  tx: Tx,
  actor: Actor,
  window: Window,
): Promise<{ current: string; previous: string }> {
  const values = [
    actor.companyId,
    window.timeZone,
    ownAgent(actor, undefined),
    null,
    null,
    'excluding_short_abandoned',
    window.from,
    window.to,
    window.previousFrom,
  ]
  return (
    (await runOne<{ current: string; previous: string }>(tx, callPanel, values)) ?? { current: '{}', previous: '{}' }
  )
}

const overviewBy: Readonly<Record<Granularity, ReturnType<typeof statement>>> = {
  day: statement('call_overview_by_day', `SELECT ${overviewExpression(current, 'day')}::text AS figures`),
  hour: statement('call_overview_by_hour', `SELECT ${overviewExpression(current, 'hour')}::text AS figures`),
}

const callPanel = statement(
  'call_panel',
  `SELECT ${overviewExpression(current, 'day')}::text AS current, ${overviewExpression(previous, undefined)}::text AS previous`,
)
