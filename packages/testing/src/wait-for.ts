/**
 * Asks until `probe` answers something other than undefined or false, or fails after the deadline with what it waited for.
 * Name a shorter deadline only where the time is what is tested: a busy machine may take its time.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  deadlineMs = 20_000,
): Promise<T> {
  const endsAt = performance.now() + deadlineMs
  for (;;) {
    const found = await probe()
    if (found !== undefined && found !== false) return found
    if (performance.now() > endsAt) throw new Error(`Waited ${deadlineMs} ms for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
