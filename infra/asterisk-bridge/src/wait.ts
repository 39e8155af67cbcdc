/** Resolves after the time, or at once when stopped. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

/** Doubles from a half second to half a minute, each time by chance shorter, so that many do not come back at once. */
export function backoffMs(attempt: number): number {
  const longest = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10))
  return longest * (0.5 + Math.random() / 2)
}
