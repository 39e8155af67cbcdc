import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import { ownAgent } from '../directory/scope.ts'
import { isLong, type Stretch, type Window, wholeDays } from '../windows/window.ts'
import { type Granularity, overviewExpression } from './call-overview.repository.ts'
import { rollupsCount } from './call-rollups.repository.ts'
import { rollupDays } from './rollup-days.ts'
import { type RollupWindow, rollupOverviewExpression } from './rollup-overview.repository.ts'
import type { ServiceLevelFormula } from './service-level.ts'

export type CallFilters = {
  readonly queue?: string | undefined
  readonly agentId?: string | undefined
  readonly direction?: string | undefined
  readonly granularity: Granularity
  readonly formula: ServiceLevelFormula
}

/** The call figures of a window as JSON text. */
export async function getCallOverview(
  executor: Executor,
  actor: Actor,
  window: Window,
  { queue, agentId, direction, granularity, formula }: CallFilters,
): Promise<string> {
  const agent = ownAgent(actor, agentId)
  const head = [actor.companyId, window.timeZone, agent, queue ?? null, direction ?? null, formula]
  if (granularity === 'day' && agent === null) {
    const shape = shapeOf(window)
    const values = [...head, ...rollupValues(window, shape)]
    const row = await runOne<{ figures: string | null }>(executor, rollupOverview[shape], values)
    if (row?.figures != null) return row.figures
  }
  const values = [...head, window.from, window.to]
  const row = await runOne<{ figures: string }>(executor, overviewBy[granularity], values)
  return row?.figures ?? '{}'
}

type CallPanel = { readonly current: string; readonly previous: string }

/** The same for the dashboard, with the totals of the period before, in one statement. */
export async function getCallPanel(tx: Tx, actor: Actor, window: Window): Promise<CallPanel> {
  const agent = ownAgent(actor, undefined)
  const head = [actor.companyId, window.timeZone, agent, null, null, 'excluding_short_abandoned']
  if (agent === null) {
    const before = { from: window.previousFrom, to: window.from, timeZone: window.timeZone }
    const shape = shapeOf(window, before)
    const values = [...head, ...rollupValues(window, shape), ...rollupValues(before, shape)]
    const row = await runOne<CallPanel>(tx, rollupPanel[shape], values)
    if (row?.current != null) return row
  }
  const values = [...head, window.from, window.to, window.previousFrom]
  return (await runOne<CallPanel>(tx, callPanel, values)) ?? { current: '{}', previous: '{}' }
}

type Shape = `${'whole' | 'cut'}_${'short' | 'long'}`

/** Long ones have no exact percentiles; of those that cut days the facts are read as well. */
export function shapeOf(...windows: readonly [Stretch, ...Stretch[]]): Shape {
  const areWhole = windows.every((window) => rollupDays(window) !== undefined)
  return `${areWhole ? 'whole' : 'cut'}_${isLong(windows[0]) ? 'long' : 'short'}`
}

export function rollupValues(window: Stretch, shape: Shape): string[] {
  const days = wholeDays(window)
  const whole = [days.firstDay, days.endDay]
  if (shape === 'whole_long') return whole
  const edges = [...whole, window.from, window.to]
  return shape === 'whole_short' ? edges : [...edges, days.from, days.to]
}

const PARAMETERS: Readonly<Record<Shape, number>> = { whole_long: 2, whole_short: 4, cut_long: 6, cut_short: 6 }

function rollupWindow(shape: Shape, first: number): RollupWindow {
  const place = (offset: number) => `$${first + offset}`
  const edges = { from: place(2), to: place(3) }
  return {
    firstDay: place(0),
    endDay: place(1),
    exact: shape.endsWith('short') ? edges : undefined,
    cut: shape.startsWith('cut') ? { ...edges, wholeFrom: place(4), wholeTo: place(5) } : undefined,
  }
}

const FIRST = 7
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

/**
 * From the rollups unless they are stale. A short window then has its figures from the facts in the same statement; a long one is asked
 * once more, so that its statement names no partition of calls.
 */
function rollup(shape: Shape, first: number, withSeries: boolean): string {
  const window = rollupWindow(shape, first)
  const { exact } = window
  const edges = exact && { from: `${exact.from}::timestamptz`, to: `${exact.to}::timestamptz` }
  const facts = edges === undefined ? '' : `ELSE ${overviewExpression(edges, withSeries ? 'day' : undefined)}::text`
  // The agent is null; a parameter that is named nowhere has no type.
  return `CASE WHEN ${rollupsCount('$2')} AND $3::uuid IS NULL THEN ${rollupOverviewExpression(window, withSeries)}::text ${facts} END`
}

const forEachShape = (name: string, text: (shape: Shape) => string) => {
  const of = (shape: Shape) => statement(`${name}_${shape}`, `SELECT ${text(shape)}`)
  return {
    whole_short: of('whole_short'),
    whole_long: of('whole_long'),
    cut_short: of('cut_short'),
    cut_long: of('cut_long'),
  } as const satisfies Record<Shape, unknown>
}

export const rollupOverview = forEachShape('rollup_overview', (shape) => `${rollup(shape, FIRST, true)} AS figures`)

const rollupPanel = forEachShape(
  'rollup_panel',
  (shape) => `${rollup(shape, FIRST, true)} AS current, ${rollup(shape, FIRST + PARAMETERS[shape], false)} AS previous`,
)
