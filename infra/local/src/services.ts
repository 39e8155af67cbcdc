import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ServiceWithSchema, serviceSchemas } from '@dealwire/db/migrate'
import { repositoryRoot } from './folders.ts'
import { type ManagedProcess, managedProcess, type OnCrash } from './managed-process.ts'
import type { Secrets } from './secrets.ts'

/** In the order of their ports, which follow the gateway's. */
export const services = [
  'gateway',
  'deals',
  'inventory',
  'telephony-ingest',
  'analytics',
] as const satisfies ServiceWithSchema[]
export type Service = (typeof services)[number]

export type ServicesOptions = {
  gatewayPort: number
  databaseUrl: string
  redisUrl: string
  natsUrl: string
  secrets: Secrets
  logFolder: string
  runFolder: string
  /** Exported and imported files, shared by all instances of the deals service. */
  filesFolder: string
  /** From source, restarting on changes; otherwise from the bundle, as the images do. */
  watch: boolean
  onCrash: OnCrash
  /** Further environment variables of every service. */
  env?: Readonly<Record<string, string>>
}

export const logFile = (logFolder: string, service: Service) => join(logFolder, `${service}.log`)

export const servicePidFile = (runFolder: string, service: Service) => join(runFolder, `${service}.pid`)

export const servicePort = (service: Service, gatewayPort: number) => gatewayPort + services.indexOf(service)

/** The service as a process of its own. It is up when it reports itself ready. */
export function serviceProcess(service: Service, options: ServicesOptions): ManagedProcess {
  for (const folder of [options.logFolder, options.runFolder]) mkdirSync(folder, { recursive: true })
  const address = `http://127.0.0.1:${servicePort(service, options.gatewayPort)}`
  return managedProcess({
    name: service,
    command: process.execPath,
    args: options.watch
      ? ['--watch', '--watch-preserve-output', 'src/main.ts']
      : ['--enable-source-maps', 'dist/main.js'],
    cwd: serviceFolder(service),
    env: { ...process.env, FILES_DIR: options.filesFolder, ...serviceEnvironment(service, options), ...options.env },
    logFile: logFile(options.logFolder, service),
    pidFile: servicePidFile(options.runFolder, service),
    stopSignal: 'SIGTERM',
    attempts: 1,
    isReady: async () => (await fetch(`${address}/health/readiness`, { signal: AbortSignal.timeout(1_000) })).ok,
    onCrash: options.onCrash,
  })
}

export const serviceFolder = (service: Service) => join(repositoryRoot, 'apps', service)

type Wiring = Pick<ServicesOptions, 'gatewayPort' | 'databaseUrl' | 'redisUrl' | 'natsUrl' | 'secrets'>

/** What the service needs to know of this machine, under the names of its `config.ts`. */
export function serviceEnvironment(
  service: Service,
  { gatewayPort, databaseUrl, redisUrl, natsUrl, secrets }: Wiring,
): Record<string, string> {
  const url = (upstream: Service) => `http://127.0.0.1:${servicePort(upstream, gatewayPort)}`
  const own: Partial<Record<Service, Record<string, string>>> = {
    gateway: {
      PUBLIC_URL: url('gateway'),
      TOKEN_SECRET: secrets.tokenSecret,
      DEALS_URL: url('deals'),
      INVENTORY_URL: url('inventory'),
      TELEPHONY_URL: url('telephony-ingest'),
      ANALYTICS_URL: url('analytics'),
    },
    'telephony-ingest': { PUBLIC_URL: url('gateway'), SECRETS_KEY: secrets.connectionSecret },
  }
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(servicePort(service, gatewayPort)),
    DATABASE_URL: asRole(databaseUrl, service, secrets),
    REDIS_URL: redisUrl,
    NATS_URL: natsUrl,
    INTERNAL_SECRET: secrets.internalSecret,
    ...own[service],
  }
}

function asRole(databaseUrl: string, service: Service, secrets: Secrets): string {
  const url = new URL(databaseUrl)
  url.username = serviceSchemas[service].role
  url.password = secrets.passwords[service]
  return url.href
}
