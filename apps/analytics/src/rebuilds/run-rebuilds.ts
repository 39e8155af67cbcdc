import { type RebuildTools, rebuildCompany } from './rebuild-company.ts'
import { finishRebuild, type TakenRebuild, takeRebuild } from './rebuilds.repository.ts'

const MAX_ATTEMPTS = 3
const AT_ONCE = 100

/** Does what was asked for, one after the other. One that fails is tried again on the next run, and given up after the third time. */
export async function runRebuilds(
  tools: RebuildTools,
  onRebuilt: (companyIds: readonly string[]) => void,
): Promise<void> {
  for (let done = 0; done < AT_ONCE && !tools.signal.aborted; done++) {
    const rebuild = await takeRebuild(tools.database)
    if (rebuild === undefined) return
    try {
      await rebuildCompany(tools, rebuild)
      onRebuilt([rebuild.companyId])
    } catch (error) {
      if (tools.signal.aborted) return
      tools.logger.warn({ err: error, rebuildId: rebuild.id, attempt: rebuild.attempts }, 'rebuild failed')
      if (rebuild.attempts < MAX_ATTEMPTS) return
      await giveUp(tools, rebuild, error)
    }
  }
}

async function giveUp(tools: RebuildTools, rebuild: TakenRebuild, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  const result = { events: 0, rows: 0, differences: [], swapped: false, error: reason }
  await finishRebuild(tools.database, rebuild, result)
}
