import { join } from 'node:path'
import {
  buildServices,
  deleteData,
  freePort,
  isFree,
  localFolder,
  localSecrets,
  ownDatabase,
  prepareDatabase,
  serviceProcess,
  services,
  startServers,
} from '@dealwire/local'

/** A whole system of the bench's own: servers and services on private ports, in a folder that nobody else uses. */
export type System = {
  readonly gatewayUrl: string
  /** As superuser, to load data. */
  readonly databaseUrl: string
  readonly pids: Readonly<Record<string, number>>
  stop(): Promise<void>
}

const dataFolder = join(localFolder, 'bench')

export async function startSystem({ keep, say }: { keep: boolean; say: (line: string) => void }): Promise<System> {
  if (!keep) deleteData(dataFolder)
  say('Building')
  await buildServices(AbortSignal.timeout(300_000))
  say('Starting the system')
  const cleanUp = new AsyncDisposableStack()
  try {
    // `persist`: with durability, as in production. Throw-away servers do not wait for the disk.
    const servers = await startServers({
      dataFolder,
      logFolder: join(dataFolder, 'logs'),
      persist: true,
      from: 'private',
    })
    cleanUp.defer(servers.stop)
    const secrets = localSecrets(dataFolder)
    const databaseUrl = await ownDatabase(servers.databaseUrl)
    await prepareDatabase(databaseUrl, secrets, () => undefined)

    // The services inherit these: the limits would measure themselves, and a log line per request is part of the product.
    process.env['RATE_LIMIT_SCALE'] = '100000'
    const gatewayPort = await freePorts(services.length)
    const { redisUrl, natsUrl } = servers
    const options = {
      gatewayPort,
      databaseUrl,
      redisUrl,
      natsUrl,
      secrets,
      runFolder: join(dataFolder, 'run'),
      watch: false,
      onCrash: refuseToGoOn,
    }
    const processes = services.map((service) => serviceProcess(service, options))
    cleanUp.defer(async () => void (await Promise.all(processes.map((service) => service.stop()))))
    await Promise.all(processes.map((service) => service.start()))

    const running = [...processes, servers.postgres, servers.nats, servers.redis]
    return {
      gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
      databaseUrl,
      pids: Object.fromEntries(running.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid]]))),
      stop: async () => {
        await cleanUp.disposeAsync()
        if (!keep) deleteData(dataFolder)
      },
    }
  } catch (error) {
    await cleanUp.disposeAsync()
    throw error
  }
}

function refuseToGoOn(name: string, logFile: string): never {
  throw new Error(`${name} ended while it was measured; see ${logFile}`)
}

/** The first of so many consecutive free ports. */
async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = await freePort()
    const others = await Promise.all(Array.from({ length: count - 1 }, (_, index) => isFree(first + 1 + index)))
    if (others.every(Boolean)) return first
  }
  throw new Error(`There are no ${count} consecutive free ports`)
}
