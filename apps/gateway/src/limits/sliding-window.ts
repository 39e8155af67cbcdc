const WINDOW_SECONDS = 60
/** The minute and the second that is still running: a slot counts until all of it is a minute old, so no minute ever holds more than the limit. */
const SLOTS = WINDOW_SECONDS + 1

/** How often something happened in the last minute. A minute slides: there is no border at which twice the limit gets through. */
export class SlidingWindow {
  #slots = new Uint32Array(SLOTS)
  #total = 0
  #second = 0

  count(nowMs: number): number {
    this.#advance(Math.floor(nowMs / 1000))
    return this.#total
  }

  add(nowMs: number): void {
    const second = Math.floor(nowMs / 1000)
    this.#advance(second)
    const slot = second % SLOTS
    this.#slots[slot] = (this.#slots[slot] ?? 0) + 1
    this.#total++
  }

  /** Milliseconds until the oldest event no longer counts. */
  msUntilRoom(nowMs: number): number {
    this.#advance(Math.floor(nowMs / 1000))
    for (let age = SLOTS - 1; age >= 0; age--) {
      const second = this.#second - age
      if ((this.#slots[second % SLOTS] ?? 0) > 0) return (second + SLOTS) * 1000 - nowMs
    }
    return 0
  }

  #advance(second: number): void {
    if (second - this.#second >= SLOTS) {
      this.#slots.fill(0)
      this.#total = 0
    } else {
      for (let passed = this.#second + 1; passed <= second; passed++) {
        this.#total -= this.#slots[passed % SLOTS] ?? 0
        this.#slots[passed % SLOTS] = 0
      }
    }
    if (second > this.#second) this.#second = second
  }
}
