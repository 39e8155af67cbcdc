const FAILURES_TO_OPEN = 5
const OPEN_MS = 1_000

export type BreakerState = 'closed' | 'open' | 'half_open'

/** Keeps requests away from a service that does not answer, and lets one through now and then to see whether it is back. */
export class Breaker {
  #failures = 0
  #openUntil = 0
  #probing = false

  get state(): BreakerState {
    if (this.#failures < FAILURES_TO_OPEN) return 'closed'
    return this.#probing || performance.now() >= this.#openUntil ? 'half_open' : 'open'
  }

  /** Whether a request may go. Whoever was let through must say how it ended: exactly one of the methods below. */
  admits(): boolean {
    switch (this.state) {
      case 'closed':
        return true
      case 'open':
        return false
      case 'half_open':
        if (this.#probing) return false
        this.#probing = true
        return true
    }
  }

  succeeded(): void {
    this.#failures = 0
    this.#probing = false
  }

  failed(): void {
    this.#failures++
    this.#probing = false
    this.#openUntil = performance.now() + OPEN_MS
  }

  /** The client went away before the service could show whether it answers. */
  abandoned(): void {
    this.#probing = false
  }
}
