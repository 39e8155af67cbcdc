import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import { ownAgent } from '../directory/scope.ts'
import { isLong, type Window, wholeDays } from '../windows/window.ts'
import { type Granularity, overviewExpression } from './call-overview.repository.ts'
import { hasRollups } from './call-rollups.repository.ts'
import { type RollupWindow, rollupOverviewExpression } from './rollup-overview.repository.ts'
import type { ServiceLevelFormula } from './service-level.ts'

export type CallFilters = {
  readonly queue?: string | undefined
  readonly agentId?: string | undefined
  readonly direction?: string | undefined
  readonly granularity: Granularity
  readonly formula: ServiceLevelFormula
}

/** Short windows and those of one agent are answered from the facts, exactly; long ones from the rollups. */
export async function isFromRollups(
  executor: Executor,
  actor: Actor,
  window: Window,
  agentId?: string | undefined,
): Promise<boolean> {
  if (!isLong(window) || ownAgent(actor, agentId) !== null) return false
  return await hasRollups(executor, actor.companyId, window.timeZone)
}

/** The call figures of a window as JSON text. */
export async function getCallOverview(
  executor: Executor,
  actor: Actor,
  window: Window,
  filters: CallFilters,
): Promise<string> {
  const fromRollups = filters.granularity === 'day' && (await isFromRollups(executor, actor, window, filters.agentId))
  const head = [actor.companyId, window.timeZone]
  const tail = [filters.queue ?? null, filters.direction ?? null, filters.formula]
  const row = fromRollups
    ? await runOne<{ figures: string }>(executor, longOverview, [...head, ...tail, ...rollupValues(window)])
    : await runOne<{ figures: string }>(executor, overviewBy[filters.granularity], [
        ...head,
        ownAgent(actor, filters.agentId),
        ...tail,
        window.from,
        window.to,
      ])
  return row?.figures ?? '{}'
}

type CallPanel = { readonly current: string; readonly previous: string }

/** The same for the dashboard, with the totals of the period before, in one statement. */
export async function getCallPanel(tx: Tx, actor: Actor, window: Window): Promise<CallPanel> {
  const before = { from: window.previousFrom, to: window.from, timeZone: window.timeZone }
  const head = [actor.companyId, window.timeZone]
  const row = (await isFromRollups(tx, actor, window))
    ? await runOne<CallPanel>(tx, longPanel, [...head, ...unfiltered, ...rollupValues(window), ...rollupValues(before)])
    : await runOne<CallPanel>(tx, callPanel, [
        ...head,
        ownAgent(actor, undefined),
        ...unfiltered,
        window.from,
        window.to,
        window.previousFrom,
      ])
  return row ?? { current: '{}', previous: '{}' }
}

const unfiltered = [null, null, 'excluding_short_abandoned'] as const

function rollupValues(window: Pick<Window, 'from' | 'to' | 'timeZone'>): string[] {
  const days = wholeDays(window)
  return [window.from, window.to, days.from, days.to, days.firstDay, days.endDay]
}

const current = { from: '$7::timestamptz', to: '$8::timestamptz' }
const previous = { from: '$9::timestamptz', to: current.from }

const overviewBy: Readonly<Record<Granularity, ReturnType<typeof statement>>> = {
  day: statement('call_overview_by_day', `SELECT ${overviewExpression(current, 'day')}::text AS figures`),
  hour: statement('call_overview_by_hour', `SELECT ${overviewExpression(current, 'hour')}::text AS figures`),
}

const callPanel = statement(
  'call_panel',
  `SELECT ${overviewExpression(current, 'day')}::text AS current, ${overviewExpression(previous, undefined)}::text AS previous`,
)

const rollupWindow = (first: number): RollupWindow => ({
  from: `$${first}`,
  to: `$${first + 1}`,
  wholeFrom: `$${first + 2}`,
  wholeTo: `$${first + 3}`,
  firstDay: `$${first + 4}`,
  endDay: `$${first + 5}`,
})

const longOverview = statement(
  'long_call_overview',
  `SELECT ${rollupOverviewExpression(rollupWindow(6), true)}::text AS figures`,
)

const longPanel = statement(
  'long_call_panel',
  `SELECT ${rollupOverviewExpression(rollupWindow(6), true)}::text AS current, ${rollupOverviewExpression(rollupWindow(12), false)}::text AS previous`,
)
