import { randomUUID } from 'node:crypto'
import type { RedisWindows } from './redis-windows.ts'

const HEARTBEAT_MS = 2_000
/** Until Redis has said how many there are. */
const ASSUMED = 8

/** How many gateways share the limits, as known from each one's heartbeat. */
export function countGateways(redis: RedisWindows): { count(): number; stop(): void } {
  const self = randomUUID()
  let known = ASSUMED

  async function beat(): Promise<void> {
    if (!redis.isReady()) return
    try {
      known = Math.max(1, await redis.countGateways(self))
    } catch {
      // Redis is away: what was known stays the best guess, and limits are counted per process meanwhile.
    }
  }

  void beat()
  const timer = setInterval(beat, HEARTBEAT_MS).unref()
  return { count: () => known, stop: () => clearInterval(timer) }
}
