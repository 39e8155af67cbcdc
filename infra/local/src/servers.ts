import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dockerAnswers, dockerServer } from './docker-server.ts'
import { externalServer } from './external-server.ts'
import { packagesFolder } from './folders.ts'
import { freePort } from './free-port.ts'
import type { LocalServer, Log, ServerName } from './local-server.ts'
import type { OnCrash } from './managed-process.ts'
import { localNats, type NatsSetup } from './nats.ts'
import { endLeftover, readPidFile, writePidFile } from './pid-file.ts'
import { deletePostgresData, localPostgres } from './postgres.ts'
import { localRedis } from './redis.ts'
import type { Place } from './server-place.ts'

export type ServersOptions = {
  /** Data, logs and pid files of the servers go below this folder. */
  dataFolder: string
  /** Where the logs go instead. */
  logFolder?: string
  /** True keeps data and ports for the next start. False is for tests: fast instead of durable, and deleted by `stop`. */
  persist: boolean
  log?: Log
  /** `private` ignores the environment and Docker: for fault tests, which stop and kill what they start. */
  from?: 'anywhere' | 'private'
  onCrash?: OnCrash
  /** What NATS runs with instead of the open set-up for one machine; `env` fills in the file's variables. */
  nats?: NatsSetup
}

export type Servers = {
  /** As superuser. */
  databaseUrl: string
  redisUrl: string
  natsUrl: string
  postgres: LocalServer
  redis: LocalServer
  nats: LocalServer
  stop(): Promise<void>
}

const stopSignals = { postgres: 'SIGINT', redis: 'SIGTERM', nats: 'SIGTERM' } as const
const beginningMs = 60_000
const names = ['postgres', 'redis', 'nats'] as const

/** Brings up Postgres, Redis and NATS together; when one of them fails, none stays behind. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  prepare(options)
  const results = await Promise.allSettled(names.map((name) => findServer(name, options)))
  const found = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const stop = async () => {
    await Promise.all(found.map(({ dismiss }) => dismiss()))
    if (!options.persist) deleteData(options.dataFolder)
  }
  try {
    for (const result of results) if (result.status === 'rejected') throw result.reason
    await startAll(found.map(({ server }) => server))
  } catch (error) {
    await stop()
    throw error
  }
  const [postgres, redis, nats] = found.map(({ server }) => server) as [LocalServer, LocalServer, LocalServer]
  return { databaseUrl: postgres.url, redisUrl: redis.url, natsUrl: nats.url, postgres, redis, nats, stop }
}

/** One server by itself, private to the caller. `stop` it, then delete the folder with `deleteData`. */
export async function startServer(name: ServerName, options: ServersOptions): Promise<LocalServer> {
  prepare(options)
  const server = await privateServer(name, options)
  await server.start()
  return server
}

/** Ends servers that an earlier run left behind in this folder. Returns their names. */
export async function endLeftovers(dataFolder: string): Promise<ServerName[]> {
  const ended = await Promise.all(names.map((name) => endLeftover(pidFile(dataFolder, name), stopSignals[name])))
  return names.filter((_, index) => ended[index])
}

/** Deletes all data of servers that have stopped. */
export function deleteData(dataFolder: string): void {
  deletePostgresData(join(dataFolder, 'postgres'))
  rmSync(dataFolder, { recursive: true, force: true })
}

/** Clears away the servers and data of test runs that were killed. */
export async function sweepAbandoned(parentFolder: string): Promise<void> {
  if (!existsSync(parentFolder)) return
  for (const entry of readdirSync(parentFolder)) {
    const dataFolder = join(parentFolder, entry)
    if (isInUse(dataFolder)) continue
    await endLeftovers(dataFolder)
    deleteData(dataFolder)
  }
}

/** A folder without an owner may be a run that is just beginning. */
function isInUse(dataFolder: string): boolean {
  if (existsSync(ownerFile(dataFolder))) return readPidFile(ownerFile(dataFolder)) !== undefined
  return Date.now() - statSync(dataFolder).mtimeMs < beginningMs
}

const pidFile = (dataFolder: string, name: string) => join(dataFolder, 'run', `${name}.pid`)
const ownerFile = (dataFolder: string) => pidFile(dataFolder, 'owner')

const logFolder = (options: ServersOptions) => options.logFolder ?? join(options.dataFolder, 'logs')

function prepare(options: ServersOptions): void {
  const { dataFolder } = options
  for (const folder of [join(dataFolder, 'run'), logFolder(options)]) mkdirSync(folder, { recursive: true })
  writePidFile(ownerFile(dataFolder), process.pid)
}

async function startAll(servers: LocalServer[]): Promise<void> {
  const started = await Promise.allSettled(servers.map((server) => server.start()))
  for (const result of started) if (result.status === 'rejected') throw result.reason
}

/** `dismiss` is what to do with the server when the run is over: nothing, if it is not ours. */
type Found = { server: LocalServer; dismiss: () => Promise<void> }

async function findServer(name: ServerName, options: ServersOptions): Promise<Found> {
  if (options.from !== 'private') {
    const external = externalServer(name)
    if (external) return { server: external, dismiss: async () => undefined }
    if (!options.persist && (await dockerAnswers())) {
      const server = await dockerServer(name)
      return { server, dismiss: server.remove }
    }
  }
  const server = await privateServer(name, options)
  return { server, dismiss: server.stop }
}

async function privateServer(name: ServerName, options: ServersOptions): Promise<LocalServer> {
  const { dataFolder, persist, onCrash } = options
  await endLeftover(pidFile(dataFolder, name), stopSignals[name])
  const place: Place = {
    dataFolder: join(dataFolder, name),
    logFile: join(logFolder(options), `${name}.log`),
    pidFile: pidFile(dataFolder, name),
    port: await rememberedPort(dataFolder, name),
    persist,
    log: options.log ?? (() => undefined),
    ...(onCrash && { onCrash }),
  }
  if (name === 'postgres') return localPostgres(place, rememberedPassword(dataFolder))
  return name === 'redis' ? localRedis(place, packagesFolder) : localNats(place, packagesFolder, options.nats)
}

/** The port of the last time while it is free, so that a database tool's saved connection keeps working. */
async function rememberedPort(dataFolder: string, name: ServerName): Promise<number> {
  const file = join(dataFolder, 'run', `${name}.port`)
  const port = await freePort(existsSync(file) ? Number(readFileSync(file, 'utf8')) || undefined : undefined)
  writeFileSync(file, `${port}\n`)
  return port
}

function rememberedPassword(dataFolder: string): string {
  const file = join(dataFolder, 'postgres.secret')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const password = randomBytes(18).toString('base64url')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}
