import { rebuildCompleted } from '@dealwire/contracts'
import { type Database, type Tx, withTx } from '@dealwire/db/client'
import { append, type Bus, type Handler, LOG_START, type LogPosition, newId, readServiceLog } from '@dealwire/messaging'
import type { Logger } from '@dealwire/telemetry'
import { recountCompany } from '../calls/recount-stale.ts'
import { copyFrozen, copyRetention } from './frozen-calls.repository.ts'
import { clearRebuilt, type Sum, sumTables, swapIn } from './projected-tables.repository.ts'
import { finishRebuild, holdProjection, type RebuildResult, type TakenRebuild } from './rebuilds.repository.ts'

export type RebuildTools = {
  readonly database: Database
  /** Finds the shadow tables first under the names of the projected ones. */
  readonly shadow: Database
  readonly bus: Bus
  /** Projects into whatever tables its transaction finds. */
  readonly handler: Handler
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** Identity first: the time zone is then known before there are days to count. */
const SOURCES = ['identity', 'deals', 'inventory', 'telephony'] as const
const COMPARISONS = 5
const PAUSE_MS = 500
const MAX_DIFFERENCES = 200

type Progress = { readonly positions: Map<string, LogPosition>; events: number; broken: number }
type Difference = { readonly table: string; readonly month: string; readonly live: Side; readonly rebuilt: Side }
type Side = Pick<Sum, 'rows' | 'checksum'>

/**
 * Reads the logs into shadow tables while live events go on; then, with the company's live events waiting, reads what came since,
 * compares and swaps in one transaction. What is still on its way to the live figures looks like a difference, so it is looked at again.
 */
export async function rebuildCompany(tools: RebuildTools, rebuild: TakenRebuild): Promise<void> {
  const { companyId } = rebuild
  const progress: Progress = { positions: new Map(), events: 0, broken: 0 }
  await withTx(tools.shadow, async (tx) => {
    await clearRebuilt(tx, companyId)
    await copyRetention(tx, companyId)
  })
  await catchUp(tools, companyId, progress)
  await recountCompany(tools.shadow, companyId)
  await recountCompany(tools.database, companyId)
  for (let comparison = 1; ; comparison++) {
    const isLast = comparison === COMPARISONS
    const isDone = await withTx(tools.database, (tx) => compareAndSwap(tools, tx, rebuild, progress, isLast))
    if (isDone) break
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  await withTx(tools.shadow, (tx) => clearRebuilt(tx, companyId))
}

/** Projects what the logs have beyond the positions; each log to its end. */
async function catchUp(tools: RebuildTools, companyId: string, progress: Progress): Promise<void> {
  for (const source of SOURCES) {
    for (;;) {
      tools.signal.throwIfAborted()
      const after = progress.positions.get(source) ?? LOG_START
      const page = await readServiceLog(tools.bus, { source, companyId, after }, [tools.handler])
      if (page.events.length > 0) await withTx(tools.shadow, (tx) => tools.handler.apply(tx, page.events))
      progress.events += page.events.length
      progress.broken += page.broken
      if (page.next === undefined) break
      progress.positions.set(source, page.next)
    }
  }
}

async function compareAndSwap(
  tools: RebuildTools,
  tx: Tx,
  rebuild: TakenRebuild,
  progress: Progress,
  isLast: boolean,
): Promise<boolean> {
  const { companyId } = rebuild
  await holdProjection(tx, companyId)
  await catchUp(tools, companyId, progress)
  await copyFrozen(tx, companyId)
  const rebuilt = await sumTables(tx, 'rebuilt', companyId)
  const differences = differencesOf(await sumTables(tx, 'live', companyId), rebuilt)
  if (differences.length > 0 && !isLast) return false
  const lost = rebuild.force ? [] : differences.filter((one) => one.rebuilt.rows === 0)
  const swapped = !rebuild.dryRun && lost.length === 0
  const result: RebuildResult = {
    events: progress.events,
    rows: rebuilt.reduce((total, sum) => total + sum.rows, 0),
    differences: differences.slice(0, MAX_DIFFERENCES),
    swapped,
    error: rebuild.dryRun ? null : whyNot(lost, progress.broken),
  }
  if (swapped) await swapIn(tx, companyId)
  await finishRebuild(tx, rebuild, result)
  const { events, rows } = result
  const author = { companyId, userId: null, requestId: newId() }
  const told = { rebuildId: rebuild.id, events, rows, differences: differences.length }
  if (swapped) append(tx, author, rebuildCompleted, { id: rebuild.id, version: 1 }, told)
  tools.logger.info({ ...told, swapped }, 'a rebuild was compared with the live figures')
  return true
}

function whyNot(lost: readonly Difference[], broken: number): string | null {
  const [first] = lost
  if (first === undefined) return null
  const unread = broken === 0 ? '' : ` ${broken} events could not be read.`
  return `The event logs no longer cover ${first.month}, for which '${first.table}' has rows, so nothing was changed. Rebuild with 'force' to drop those rows.${unread}`
}

const nothing: Side = { rows: 0, checksum: '0' }

/** Tables and months in which both are not the same, whichever side they are missing on. */
export function differencesOf(live: readonly Sum[], rebuilt: readonly Sum[]): Difference[] {
  const keyOf = ({ table, month }: Sum) => `${table} ${month}`
  const sideOf = (sum: Sum | undefined) => (sum === undefined ? nothing : { rows: sum.rows, checksum: sum.checksum })
  const [liveByKey, rebuiltByKey] = [live, rebuilt].map((sums) => new Map(sums.map((sum) => [keyOf(sum), sum])))
  return [...new Map([...live, ...rebuilt].map((sum) => [keyOf(sum), sum])).entries()]
    .map(([key, { table, month }]) => ({
      table,
      month,
      live: sideOf(liveByKey?.get(key)),
      rebuilt: sideOf(rebuiltByKey?.get(key)),
    }))
    .filter((one) => one.live.rows !== one.rebuilt.rows || one.live.checksum !== one.rebuilt.checksum)
}
