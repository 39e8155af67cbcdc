/** The same numbers for the same seed, on every machine. */
export type Random = {
  /** 0 to 1, without 1. */
  next(): number
  /** Whole, both ends included. */
  between(low: number, high: number): number
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  digits(count: number): string
  uuid(): string
}

/** Mulberry32: small, and good enough to make traffic. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const text = (count: number, alphabet: string) =>
    Array.from({ length: count }, () => alphabet[between(0, alphabet.length - 1)]).join('')
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick(items) {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new RangeError('There is nothing to pick from')
      return item
    },
    digits: (count) => text(count, '0123456789'),
    uuid() {
      const hex = (count: number) => text(count, '0123456789abcdef')
      return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
    },
  }
}
