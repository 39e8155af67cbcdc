import { setTimeout as sleep } from 'node:timers/promises'

/** Waits, but no longer than until `signal` aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined) // aborted: the caller looks at the signal
}

const FIRST_MS = 100
const LONGEST_MS = 5_000

/** Doubles from 0.1 s to 5 s, spread by half so that processes which failed together do not return together. */
export function backoffMs(attempt: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return full / 2 + Math.random() * (full / 2)
}

/** Settles as `work` does, or rejects after the deadline. `work` itself goes on: the caller must give up what it holds. */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Something to wait for that others may cut short. A wake-up while nobody waits is kept for the next wait. */
export function createWaker() {
  let pending = false
  let release: (() => void) | undefined
  return {
    wake(): void {
      pending = true
      release?.()
    },
    /** True when it was woken, false when the time was up. */
    async wait(milliseconds: number): Promise<boolean> {
      if (!pending) {
        let timer: NodeJS.Timeout | undefined
        await new Promise<void>((resolve) => {
          release = resolve
          timer = setTimeout(resolve, milliseconds)
        })
        release = undefined
        clearTimeout(timer)
      }
      const woken = pending
      pending = false
      return woken
    },
  }
}
