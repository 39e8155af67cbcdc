import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export type Steps = {
  /** Does one thing and prints how long it took. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>
  /** As `step`, asked again until `accept` is true or the deadline passes. */
  eventually<T>(title: string, withinMs: number, ask: () => Promise<T>, accept: (answer: T) => boolean): Promise<T>
}

const EVERY_MS = 25

export function steps(print: (line: string) => void): Steps {
  let number = 0
  async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const label = `${String(++number).padStart(2)}. ${title}`
    const startedAt = performance.now()
    try {
      const result = await work()
      print(`${label.padEnd(66)} ${Math.round(performance.now() - startedAt)} ms`)
      return result
    } catch (error) {
      print(`${label.padEnd(66)} FAILED`)
      throw error
    }
  }
  return {
    step,
    eventually: (title, withinMs, ask, accept) =>
      step(title, async () => {
        const deadline = performance.now() + withinMs
        for (;;) {
          const answer = await ask()
          if (accept(answer)) return answer
          if (performance.now() > deadline)
            assert.fail(`Not within ${withinMs} ms. The last answer: ${JSON.stringify(answer).slice(0, 1_500)}`)
          await sleep(EVERY_MS)
        }
      }),
  }
}
