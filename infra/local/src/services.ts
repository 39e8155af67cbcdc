import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ServiceWithSchema, serviceSchemas } from '@dealwire/db/migrate'
import { localFolder, repositoryRoot } from './folders.ts'
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

export const logFile = (service: Service) => join(localFolder, 'logs', `${service}.log`)

export const servicePidFile = (runFolder: string, service: Service) => join(runFolder, `${service}.pid`)

export type ServicesOptions = {
  gatewayPort: number
  databaseUrl: string
  redisUrl: string
  natsUrl: string
  secrets: Secrets
  runFolder: string
  /** From source, restarting on changes; otherwise from the bundle. */
  watch: boolean
  onCrash: OnCrash
}

export const servicePort = (service: Service, gatewayPort: number) => gatewayPort + services.indexOf(service)

/** The service as a process of its own. It is up when it reports itself ready. */
export function serviceProcess(service: Service, options: ServicesOptions): ManagedProcess {
  mkdirSync(join(localFolder, 'logs'), { recursive: true })
  const address = `http://127.0.0.1:${servicePort(service, options.gatewayPort)}`
  return managedProcess({
    name: service,
    command: process.execPath,
    args: options.watch
      ? ['--watch', '--watch-preserve-output', 'src/main.ts']
      : ['--enable-source-maps', 'dist/main.js'],
    cwd: join(repositoryRoot, 'apps', service),
    env: { ...process.env, ...environment(service, options) },
    logFile: logFile(service),
    pidFile: servicePidFile(options.runFolder, service),
    stopSignal: 'SIGTERM',
    attempts: 1,
    isReady: async () => (await fetch(`${address}/health/readiness`, { signal: AbortSignal.timeout(1_000) })).ok,
    onCrash: options.onCrash,
  })
}

function environment(
  service: Service,
  { gatewayPort, databaseUrl, redisUrl, natsUrl, secrets }: ServicesOptions,
): Record<string, string> {
  const common = {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(servicePort(service, gatewayPort)),
    DATABASE_URL: asRole(databaseUrl, service, secrets),
    REDIS_URL: redisUrl,
    NATS_URL: natsUrl,
    INTERNAL_SECRET: secrets.internalSecret,
  }
  if (service !== 'gateway') return common
  const url = (upstream: Service) => `http://127.0.0.1:${servicePort(upstream, gatewayPort)}`
  return {
    ...common,
    TOKEN_PRIVATE_KEY: secrets.tokenKey,
    DEALS_URL: url('deals'),
    INVENTORY_URL: url('inventory'),
    TELEPHONY_INGEST_URL: url('telephony-ingest'),
    ANALYTICS_URL: url('analytics'),
  }
}

function asRole(databaseUrl: string, service: Service, secrets: Secrets): string {
  const url = new URL(databaseUrl)
  url.username = serviceSchemas[service].role
  url.password = secrets.passwords[service]
  return url.href
}
