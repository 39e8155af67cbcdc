import { AppError } from '@dealwire/errors'
import { hash, verify } from '@node-rs/argon2'

/** argon2id, as OWASP recommends at least. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashing takes a core for milliseconds: this many at once, so many waiting, and the rest are told to come back. */
const MAX_RUNNING = 2
const MAX_WAITING = 100

export type Passwords = {
  hash(password: string): Promise<string>
  /** Takes the same time whether there is a hash or not. */
  verify(storedHash: string | null, password: string): Promise<boolean>
}

/** Hashes on libuv's threads, never on the event loop, behind a bounded queue. */
export function openPasswords(
  limits: { running: number; waiting: number } = { running: MAX_RUNNING, waiting: MAX_WAITING },
): Passwords {
  const waiting: (() => void)[] = []
  let running = 0
  const decoy = hash('the password of nobody', COST)

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= limits.running) {
      if (waiting.length >= limits.waiting) {
        throw new AppError('unavailable', 'sign_in_busy', 'Too many sign-ins at once; try again in a moment.', {
          retryAfterSeconds: 1,
        })
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running++
    }
    try {
      return await work()
    } finally {
      // The turn is handed on, not given back: nobody who comes now gets in before those who wait.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password, COST)),
    verify: (storedHash, password) =>
      inTurn(async () => {
        const matches = await verify(storedHash ?? (await decoy), password)
        return matches && storedHash !== null
      }),
  }
}
