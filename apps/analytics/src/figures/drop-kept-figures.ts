import type { Cache } from '@dealwire/cache'
import { FIGURES } from './answer-figures.ts'

/** Time in which the batches that follow each other share one invalidation per company. */
const GATHER_MS = 25

export type FiguresDropper = {
  note(companyIds: readonly string[]): void
  /** Done when all that was noted is dropped. */
  flush(): Promise<void>
}

/** Drops kept figures of companies whose events were projected; called after COMMIT, never fails. */
export function dropKeptFigures(cache: Cache): FiguresDropper {
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  function drop(): void {
    clearTimeout(timer)
    timer = undefined
    const companyIds = [...waiting]
    waiting.clear()
    running = Promise.all([running, ...companyIds.map((companyId) => cache.invalidate(companyId, FIGURES))])
  }
  return {
    note(companyIds) {
      for (const companyId of companyIds) waiting.add(companyId)
      timer ??= setTimeout(drop, GATHER_MS)
    },
    async flush() {
      drop()
      await running
    },
  }
}
