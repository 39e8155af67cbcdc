import { startServers } from '../src/index.ts'

/** Started by a test, which kills it: brings up servers, tells their pids, and waits. */
const servers = await startServers({ dataFolder: process.argv[2] ?? '', persist: false, from: 'private' })
process.stdout.write(`${JSON.stringify([servers.postgres.pid, servers.redis.pid, servers.nats.pid])}\n`)
setInterval(() => undefined, 60_000)
