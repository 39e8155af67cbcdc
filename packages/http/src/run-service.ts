import { Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@dealwire/telemetry'
import closeWithGrace from 'close-with-grace'
import type { FastifyInstance } from 'fastify'

export type RunOptions = {
  readonly app: FastifyInstance
  readonly host: string
  readonly port: number
  readonly logger: Logger
  /** Time between "not ready" and closing, for the load balancer to look elsewhere. */
  readonly drainMs: number
  /** Stops consumers and jobs: before the server stops taking requests. */
  readonly stopWork: () => Promise<void>
  /** Closes relay and pools: after the last request is answered. */
  readonly closeConnections: () => Promise<void>
}

/** Long enough for every connection that is in use to have its last answer. */
const LAST_ANSWERS_MS = 1_000

/** Listens, and on SIGTERM or SIGINT stops in order: not ready, drain, consumers, requests, relay, pools. */
export async function runService(options: RunOptions): Promise<void> {
  const { app, logger } = options
  closeWithGrace({ delay: 20_000, logger }, async ({ err }) => {
    if (err !== undefined) logger.fatal({ err }, 'stopping after a defect')
    app.markClosing()
    if (options.drainMs > 0) await sleep(options.drainMs)
    await options.stopWork()
    await stopListening(app)
    await app.close()
    await options.closeConnections()
    logger.info('stopped')
  })
  await app.listen({ host: options.host, port: options.port })
  logger.info({ port: options.port }, 'listening')
}

/**
 * No new connections, while those that are open get their last answers. Closing an idle connection at once, as the
 * HTTP server's own `close` does, would break a request that is on its way.
 */
async function stopListening({ server }: FastifyInstance): Promise<void> {
  Server.prototype.close.call(server)
  const giveUpAt = performance.now() + LAST_ANSWERS_MS
  while ((await openConnections(server)) > 0 && performance.now() < giveUpAt) await sleep(10)
}

function openConnections(server: FastifyInstance['server']): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error === null ? count : 0)))
}
