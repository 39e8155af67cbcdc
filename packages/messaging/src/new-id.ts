import { randomFillSync } from 'node:crypto'

const RANDOM_BYTES = 8
const pool = Buffer.allocUnsafe(RANDOM_BYTES * 512)
let used = pool.length

let lastMs = 0
let timeHex = ''
/** Twelve bits that begin anywhere in the lower half in each millisecond: two processes seldom begin at the same place. */
let counter = 0

/** A UUIDv7: unique without asking anybody, and in time order, so that inserts land at the end of an index. Those of a process ascend. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.toString('hex', used, used + RANDOM_BYTES)
  tick(Date.now(), pool.readUInt16BE(used))
  used += RANDOM_BYTES
  const variant = '89ab'[Number.parseInt(random[0] ?? '0', 16) & 3]
  const sequence = (0x7000 + counter).toString(16)
  return `${timeHex}-${sequence}-${variant}${random.slice(1, 4)}-${random.slice(4)}`
}

/** A clock that is set back, or more ids in a millisecond than it has room for: the time of the last id goes on. */
function tick(nowMs: number, chance: number): void {
  if (nowMs <= lastMs && ++counter <= 0xfff) return
  lastMs = Math.max(nowMs, lastMs + 1)
  counter = chance & 0x7ff
  const hex = lastMs.toString(16).padStart(12, '0')
  timeHex = `${hex.slice(0, 8)}-${hex.slice(8)}`
}
