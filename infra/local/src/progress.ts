import type { Log } from './local-server.ts'

/** Shows what is being done while it is done, and how long it took. */
export function progress(print: Log, signal: AbortSignal) {
  return async <T>(title: string, work: (log: Log) => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    const startedAt = performance.now()
    print(`• ${title} …`)
    const result = await work((line) => print(`    ${line}`))
    print(`✓ ${title} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
    return result
  }
}

export type Step = ReturnType<typeof progress>
