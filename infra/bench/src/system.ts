import { join } from 'node:path'
import { buildServices, deleteData, localFolder, startPrivateSystem } from '@dealwire/local'
import { startNothing } from './nothing/start.ts'

/** A whole system of the bench's own: servers and services on private ports, in a folder that nobody else uses. */
export type System = {
  readonly gatewayUrl: string
  /** As superuser, to load data. */
  readonly databaseUrl: string
  readonly pids: Readonly<Record<string, number>>
  /** A second gateway, before a service that answers everything with 204 and nothing else. */
  readonly emptyUrl: string
  readonly emptyPids: Readonly<Record<string, number>>
  /** A telephony service that gives each request a commit of its own, behind a gateway of its own. */
  startUnshared(): Promise<{ url: string; pids: Readonly<Record<string, number>>; stop(): Promise<void> }>
  stop(): Promise<void>
}

const folder = join(localFolder, 'bench')

export async function startSystem({ keep, say }: { keep: boolean; say: (line: string) => void }): Promise<System> {
  if (!keep) deleteData(folder)
  say('Building')
  await buildServices(AbortSignal.timeout(300_000))
  say('Starting the system')
  // The limits would measure themselves; a log line per request is part of the product.
  const system = await startPrivateSystem({
    folder,
    durable: true,
    env: { RATE_LIMIT_SCALE: '100000' },
  })
  const { postgres, nats, redis } = system.servers
  const running = [...Object.values(system.services), postgres, nats, redis]
  const nothing = await startNothing()
  const gateway = await system.startAnother('gateway', { DEALS_URL: nothing.url, PUBLIC_URL: system.gatewayUrl })
  return {
    startUnshared: async () => {
      const telephony = await system.startAnother('telephony-ingest', {
        INGEST_BATCH_EVENTS: '1',
        INGEST_COMMITS: '12',
        DATABASE_POOL_SIZE: '16',
        PUBLIC_URL: system.gatewayUrl,
      })
      const edge = await system.startAnother('gateway', { TELEPHONY_URL: telephony.url, PUBLIC_URL: system.gatewayUrl })
      return {
        url: edge.url,
        pids: { gateway: edge.pid ?? 0, 'telephony-ingest': telephony.pid ?? 0, postgres: postgres?.pid ?? 0 },
        stop: async () => {
          await edge.stop()
          await telephony.stop()
        },
      }
    },
    emptyUrl: gateway.url,
    emptyPids: { gateway: gateway.pid ?? 0, 'stand-in': nothing.pid },
    gatewayUrl: system.gatewayUrl,
    databaseUrl: system.databaseUrl,
    pids: Object.fromEntries(running.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid]]))),
    stop: async () => {
      await system.stop()
      await nothing.stop()
      if (system.crashed.length > 0)
        say(`Ended while they were measured: ${system.crashed.join(', ')}; see ${folder}/logs`)
      if (!keep) deleteData(folder)
    },
  }
}
