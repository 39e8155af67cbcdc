import type { Redis } from 'ioredis'

/** What is asked of the shared window of a key: to count what was let through already, and to let through more. */
export type Claim = { readonly key: string; readonly limit: number; readonly used: number; readonly wanted: number }
export type Settled = { readonly total: number; readonly granted: number; readonly msUntilRoom: number }

/**
 * The minute of all gateways together, one hash per key with a field per second. Redis's own clock decides, so the clocks of
 * gateways need not agree; what it counted before it was set back is forgotten. What was let through already is counted even above the limit; only `wanted` can be refused.
 */
const SETTLE = `
local time = redis.call('TIME')
local now = tonumber(time[1])
local total, oldest = 0, now
local slots = redis.call('HGETALL', KEYS[1])
for i = 1, #slots, 2 do
  local second = tonumber(slots[i])
  if second < now - 60 or second > now + 5 then redis.call('HDEL', KEYS[1], slots[i])
  else
    total = total + tonumber(slots[i + 1])
    if second < oldest then oldest = second end
  end
end
local used, wanted = tonumber(ARGV[2]), tonumber(ARGV[3])
local granted = math.max(0, math.min(wanted, tonumber(ARGV[1]) - total - used))
if used + granted > 0 then
  redis.call('HINCRBY', KEYS[1], tostring(now), used + granted)
  redis.call('EXPIRE', KEYS[1], 62)
end
return { total + used + granted, granted, (oldest + 61) * 1000 - now * 1000 - math.floor(tonumber(time[2]) / 1000) }`

const HEARTBEAT = `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 10)
redis.call('EXPIRE', KEYS[1], 60)
return redis.call('ZCARD', KEYS[1])`

export type RedisWindows = {
  isReady(): boolean
  /** One round trip whatever the number of claims. Throws when Redis does not answer. */
  settle(claims: readonly Claim[]): Promise<Settled[]>
  /** Says that this gateway is there; answers how many are. */
  countGateways(self: string): Promise<number>
}

export function redisWindows(redis: Redis): RedisWindows {
  return {
    isReady: () => redis.status === 'ready',
    async settle(claims) {
      const pipeline = redis.pipeline()
      for (const { key, limit, used, wanted } of claims) pipeline.eval(SETTLE, 1, `limit:${key}`, limit, used, wanted)
      const answers = (await pipeline.exec()) ?? []
      return answers.map(([error, answer]) => {
        if (error !== null) throw error
        const [total = 0, granted = 0, msUntilRoom = 0] = answer as number[]
        return { total, granted, msUntilRoom }
      })
    },
    async countGateways(self) {
      return Number(await redis.eval(HEARTBEAT, 1, 'gateways', self))
    },
  }
}
