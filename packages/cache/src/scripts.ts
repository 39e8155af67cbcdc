// A namespace's version and its values share a hash tag, the company: one slot, so one script, in a Redis cluster too.

/**
 * KEYS version, value, lock. ARGV a version to begin with, the caller's name, lock ms, version ttl ms.
 * Answers [version, body or false, "fresh" | "stale" | "missing", 1 if the caller is the one to compute].
 * The lock counts for one version only: whoever computes since before an invalidation holds up nobody.
 * A version that was evicted begins anew with one that was never used, so old values stay out of reach.
 */
export const LOOK = `
local version = redis.call('GET', KEYS[1])
if not version then
  version = ARGV[1]
  redis.call('SET', KEYS[1], version, 'PX', ARGV[4])
end
local held = redis.call('HMGET', KEYS[2], 'version', 'until', 'body')
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if held[1] == version and now < tonumber(held[2]) then return {version, held[3], 'fresh', 0} end
local mine = 0
local holder = redis.call('GET', KEYS[3])
if not holder or string.sub(holder, 1, #version) ~= version then
  redis.call('SET', KEYS[3], version .. ' ' .. ARGV[2], 'PX', ARGV[3])
  mine = 1
end
if held[1] == version then return {version, held[3], 'stale', mine} end
return {version, false, 'missing', mine}`

/**
 * KEYS version, value, lock. ARGV the version read before the computation, body, ms it is fresh, ms it is kept, the lock's content.
 * Stores the value if its version still holds, and gives up the caller's lock.
 */
export const STORE = `
if redis.call('GET', KEYS[3]) == ARGV[5] then redis.call('DEL', KEYS[3]) end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[2], 'version', ARGV[1], 'until', now + ARGV[3], 'body', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1`

/** KEYS lock. ARGV its content. For a computation that failed. */
export const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`
