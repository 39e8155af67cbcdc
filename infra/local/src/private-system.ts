import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, freePorts } from './free-port.ts'
import type { ManagedProcess, OnCrash } from './managed-process.ts'
import { ownDatabase, prepareDatabase } from './prepare-database.ts'
import { localSecrets } from './secrets.ts'
import { type Servers, startServers } from './servers.ts'
import { type Service, serviceProcess, services } from './services.ts'

export type PrivateSystemOptions = {
  /** Everything of the system is below this folder. Throw-away systems are swept up when it is in `testFolder`. */
  readonly folder: string
  /** True keeps the data, and waits for the disk as production does. */
  readonly durable: boolean
  /** Further environment variables of every service. */
  readonly env?: Readonly<Record<string, string>>
}

export type PrivateSystem = {
  readonly gatewayUrl: string
  /** As superuser. */
  readonly databaseUrl: string
  readonly servers: Servers
  readonly services: Readonly<Record<Service, ManagedProcess>>
  /** One more process of a service, on a port of its own, with other variables than its like. */
  startAnother(service: Service, env: Readonly<Record<string, string>>): Promise<ManagedProcess & { url: string }>
  /** Names of services that ended by themselves. */
  readonly crashed: readonly string[]
  stop(): Promise<void>
}

/** A whole system of the caller's own, from the bundles (`buildServices` makes them), on ports that nobody else uses: to be measured, stopped, killed and started again. */
export async function startPrivateSystem(options: PrivateSystemOptions): Promise<PrivateSystem> {
  const { folder, durable, env } = options
  const logFolder = join(folder, 'logs')
  const cleanUp = new AsyncDisposableStack()
  const crashed: string[] = []
  const onCrash: OnCrash = ({ name }) => void crashed.push(name)
  try {
    mkdirSync(folder, { recursive: true })
    const servers = await startServers({ dataFolder: folder, logFolder, persist: durable, from: 'private', onCrash })
    cleanUp.defer(servers.stop)
    const secrets = localSecrets(folder)
    const databaseUrl = await ownDatabase(servers.databaseUrl, { isOurs: true })
    await prepareDatabase(databaseUrl, secrets, () => undefined)

    const gatewayPort = await freePorts(services.length)
    const { redisUrl, natsUrl } = servers
    const wiring = { gatewayPort, databaseUrl, redisUrl, natsUrl, secrets }
    const options = {
      ...wiring,
      watch: false,
      logFolder,
      runFolder: join(folder, 'run'),
      filesFolder: join(folder, 'files'),
      onCrash,
      ...(env && { env }),
    }
    const processes = Object.fromEntries(
      services.map((service) => [service, serviceProcess(service, options)]),
    ) as Record<Service, ManagedProcess>
    cleanUp.defer(async () => void (await Promise.all(Object.values(processes).map((service) => service.stop()))))
    await Promise.all(Object.values(processes).map((service) => service.start()))
    return {
      gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
      databaseUrl,
      servers,
      services: processes,
      crashed,
      async startAnother(service, ownEnv) {
        const port = await freePort()
        const place = { logFolder: join(logFolder, `${port}`), runFolder: join(folder, 'run', `${port}`) }
        const another = serviceProcess(service, {
          ...options,
          ...place,
          gatewayPort: port - services.indexOf(service),
          env: { ...env, ...ownEnv },
        })
        cleanUp.defer(another.stop)
        await another.start()
        return Object.assign(another, { url: `http://127.0.0.1:${port}` })
      },
      stop: () => cleanUp.disposeAsync(),
    }
  } catch (error) {
    await cleanUp.disposeAsync()
    throw error
  }
}
