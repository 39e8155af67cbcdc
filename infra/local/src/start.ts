import { join } from 'node:path'
import { buildServices } from './build-services.ts'
import { followLogs } from './follow-logs.ts'
import { isFree } from './free-port.ts'
import { type Log, SetupError } from './local-server.ts'
import type { OnCrash } from './managed-process.ts'
import type { Options } from './options.ts'
import { endLeftover } from './pid-file.ts'
import { portHolder } from './port-holder.ts'
import { ownDatabase, prepareDatabase } from './prepare-database.ts'
import type { Step } from './progress.ts'
import { localSecrets } from './secrets.ts'
import { seedDemo } from './seed/seed-demo.ts'
import { deleteData, endLeftovers, startServers } from './servers.ts'
import { logFile, type ServicesOptions, servicePidFile, servicePort, serviceProcess, services } from './services.ts'
import { holdAlone } from './single-instance.ts'
import { welcome } from './welcome.ts'

export type Surroundings = {
  step: Step
  print: Log
  signal: AbortSignal
  onCrash: OnCrash
  /** What to undo, last things first, when the system stops. */
  cleanUp: AsyncDisposableStack
}

/** Brings the whole system up, and tells how to use it once it answers. */
export async function start(options: Options, { step, print, signal, onCrash, cleanUp }: Surroundings): Promise<void> {
  const { dataFolder, logFolder, runFolder, filesFolder } = foldersBelow(options.folder)
  const release = holdAlone(join(runFolder, 'main.pid'))
  cleanUp.defer(release)
  await endEarlierRun({ dataFolder, runFolder }, print)
  if (options.fresh) await step('Deleting local data', async () => deleteData(dataFolder))
  await requireFreePorts(options.gatewayPort)
  if (!options.watch) await step('Building', () => buildServices(signal))

  const servers = await step('Starting Postgres, Redis and NATS', async (log) => {
    const started = await startServers({
      dataFolder,
      logFolder,
      persist: true,
      log,
      onCrash,
    })
    cleanUp.defer(started.stop)
    return started
  })
  const secrets = localSecrets(dataFolder)
  const databaseUrl = await ownDatabase(servers.databaseUrl, { isOurs: !process.env['DATABASE_URL'] })
  await step('Migrating the database', (log) => prepareDatabase(databaseUrl, secrets, log))

  if (options.logs)
    cleanUp.defer(
      followLogs(Object.fromEntries(services.map((service) => [service, logFile(logFolder, service)])), print),
    )
  const { redisUrl, natsUrl } = servers
  const { gatewayPort, watch } = options
  const running = {
    gatewayPort,
    databaseUrl,
    redisUrl,
    natsUrl,
    secrets,
    logFolder,
    runFolder,
    filesFolder,
    watch,
    onCrash,
  }
  await step('Starting the services', () => startServices(running, signal, cleanUp))

  const gatewayUrl = `http://localhost:${options.gatewayPort}`
  if (options.seed) await step('Checking the demo company', (log) => seedDemo({ gatewayUrl, databaseUrl, log }))
  print(welcome({ gatewayUrl, databaseUrl, logFolder, hasDemo: options.seed }))
}

function foldersBelow(folder: string) {
  return {
    dataFolder: join(folder, 'data'),
    logFolder: join(folder, 'logs'),
    runFolder: join(folder, 'run'),
    filesFolder: join(folder, 'files'),
  }
}

/** A run that was killed may have left its processes behind. */
async function endEarlierRun(
  { dataFolder, runFolder }: { dataFolder: string; runFolder: string },
  print: Log,
): Promise<void> {
  const ended: string[] = await endLeftovers(dataFolder)
  for (const service of services) {
    if (await endLeftover(servicePidFile(runFolder, service), 'SIGTERM')) ended.push(service)
  }
  if (ended.length > 0) print(`  Ended what an earlier run left behind: ${ended.join(', ')}`)
}

async function requireFreePorts(gatewayPort: number): Promise<void> {
  for (const service of services) {
    const port = servicePort(service, gatewayPort)
    if (await isFree(port)) continue
    throw new SetupError(
      `Port ${port}, which ${service} needs, is in use by ${portHolder(port) ?? 'another process'}.\n` +
        `End that process, or move Dealwire to five other ports: GATEWAY_PORT=${gatewayPort + 1000} npm start`,
    )
  }
}

async function startServices(
  options: ServicesOptions,
  signal: AbortSignal,
  cleanUp: AsyncDisposableStack,
): Promise<void> {
  const processes = services.map((service) => serviceProcess(service, options))
  // The gateway goes first, so that no caller meets a service that has gone.
  const [gateway, ...others] = processes
  cleanUp.defer(async () => void (await Promise.all(others.map((service) => service.stop()))))
  cleanUp.defer(async () => gateway?.stop())

  const interrupted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
  await Promise.race([Promise.all(processes.map((service) => service.start())), interrupted])
}
