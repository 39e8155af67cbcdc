import { createHash } from 'node:crypto'

/** The same seed tells the same history. */
export type Random = {
  below(limit: number): number
  pick<T>(values: readonly T[]): T
  chance(probability: number): boolean
  uuid(): string
  shuffle<T>(values: readonly T[]): T[]
}

export function randomFrom(seed: string): Random {
  let drawn = 0
  const bytes = () => createHash('sha256').update(`${seed} ${drawn++}`).digest()
  const below = (limit: number) => bytes().readUInt32BE(0) % limit
  function pick<T>(values: readonly T[]): T {
    const value = values[below(values.length)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  return {
    below,
    pick,
    chance: (probability) => below(1_000_000) < probability * 1_000_000,
    uuid() {
      const hex = bytes().toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    },
    shuffle(values) {
      return values
        .map((value) => ({ value, order: below(2 ** 31) }))
        .sort((a, b) => a.order - b.order)
        .map(({ value }) => value)
    },
  }
}
