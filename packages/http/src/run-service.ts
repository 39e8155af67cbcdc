import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@dealwire/telemetry'
import closeWithGrace from 'close-with-grace'
import type { FastifyInstance } from 'fastify'
import { stopListening } from './stop-listening.ts'

export type RunOptions = {
  readonly app: FastifyInstance
  readonly host: string
  readonly port: number
  readonly logger: Logger
  /** Time between "not ready" and closing, for the load balancer to look elsewhere. */
  readonly drainMs: number
  /** Stops consumers and jobs, while the last requests are answered. */
  readonly stopWork: () => Promise<void>
  /** Closes relay and pools: after the last request is answered. */
  readonly closeConnections: () => Promise<void>
}

/** Listens, and on SIGTERM or SIGINT stops in order: not ready, drain, consumers and requests, relay, pools. */
export async function runService(options: RunOptions): Promise<void> {
  const { app, logger } = options
  closeWithGrace({ delay: 20_000, logger }, async ({ err }) => {
    if (err !== undefined) logger.fatal({ err }, 'stopping after a defect')
    app.markClosing()
    if (options.drainMs > 0) await sleep(options.drainMs)
    await Promise.all([options.stopWork(), stopListening(app.server)])
    await app.close()
    await options.closeConnections()
    logger.info('stopped')
  })
  await app.listen({ host: options.host, port: options.port })
  logger.info({ port: options.port }, 'listening')
}
