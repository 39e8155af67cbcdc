import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import { ownAgent } from '../directory/scope.ts'
import { isLong, type Window, wholeDays } from '../windows/window.ts'
import { type Granularity, overviewExpression } from './call-overview.repository.ts'
import { rollupsCount } from './call-rollups.repository.ts'
import { type RollupWindow, rollupOverviewExpression } from './rollup-overview.repository.ts'
import type { ServiceLevelFormula } from './service-level.ts'

export type CallFilters = {
  readonly queue?: string | undefined
  readonly agentId?: string | undefined
  readonly direction?: string | undefined
  readonly granularity: Granularity
  readonly formula: ServiceLevelFormula
}

/** Short windows and those of one agent are answered from the facts, exactly; long ones from the rollups, unless those are stale. */
function mayUseRollups(actor: Actor, window: Window, agentId?: string | undefined): boolean {
  return isLong(window) && ownAgent(actor, agentId) === null
}

/** The call figures of a window as JSON text. */
export async function getCallOverview(
  executor: Executor,
  actor: Actor,
  window: Window,
  filters: CallFilters,
): Promise<string> {
  const head = [actor.companyId, window.timeZone]
  const tail = [filters.queue ?? null, filters.direction ?? null, filters.formula]
  if (filters.granularity === 'day' && mayUseRollups(actor, window, filters.agentId)) {
    const long = await runOne<{ figures: string | null }>(executor, longOverview[longShape(window)], [
      ...head,
      ...tail,
      ...rollupValues(window),
    ])
    if (long?.figures != null) return long.figures
  }
  const row = await runOne<{ figures: string }>(executor, overviewBy[filters.granularity], [
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
  if (mayUseRollups(actor, window)) {
    const values = [...head, ...unfiltered, ...rollupValues(window), ...rollupValues(before)]
    const long = await runOne<CallPanel>(tx, longPanel[longShape(window)], values)
    if (long?.current != null) return long
  }
  const row = await runOne<CallPanel>(tx, callPanel, [
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

type Edges = Pick<Window, 'from' | 'to' | 'timeZone'>

/** A window of whole days is compared with one of whole days. */
export const longShape = (window: Edges): 'whole' | 'cut' => {
  const days = wholeDays(window)
  return days.from === window.from && days.to === window.to ? 'whole' : 'cut'
}

export function rollupValues(window: Edges): string[] {
  const days = wholeDays(window)
  const whole = [days.firstDay, days.endDay]
  return longShape(window) === 'whole' ? whole : [...whole, window.from, window.to, days.from, days.to]
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

function rollupWindow(shape: 'whole' | 'cut', first: number): RollupWindow {
  const place = (offset: number) => `$${first + offset}`
  const cut = { from: place(2), to: place(3), wholeFrom: place(4), wholeTo: place(5) }
  return { firstDay: place(0), endDay: place(1), cut: shape === 'whole' ? undefined : cut }
}

const long = (shape: 'whole' | 'cut', place: number, withSeries: boolean) =>
  `CASE WHEN ${rollupsCount('$2')} THEN ${rollupOverviewExpression(rollupWindow(shape, place), withSeries)}::text END`

export const longOverview = {
  whole: statement('long_call_overview', `SELECT ${long('whole', 6, true)} AS figures`),
  cut: statement('long_cut_call_overview', `SELECT ${long('cut', 6, true)} AS figures`),
}

const longPanel = {
  whole: statement(
    'long_call_panel',
    `SELECT ${long('whole', 6, true)} AS current, ${long('whole', 8, false)} AS previous`,
  ),
  cut: statement(
    'long_cut_call_panel',
    `SELECT ${long('cut', 6, true)} AS current, ${long('cut', 12, false)} AS previous`,
  ),
}
