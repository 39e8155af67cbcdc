import type { Database } from '@dealwire/db/client'
import { createServer, type ServiceOptions } from '@dealwire/http'
import { newId } from '@dealwire/messaging'
import type { Logger, Registry } from '@dealwire/telemetry'
import type { FastifyInstance } from 'fastify'
import { createAgentDirectory } from './agents/agent-directory.ts'
import { agentRoutes } from './agents/agents.routes.ts'
import { callbackRoutes } from './callbacks/callbacks.routes.ts'
import { callRoutes } from './calls/calls.routes.ts'
import { createConnectionDirectory } from './connections/connection-directory.ts'
import { connectionRoutes } from './connections/connections.routes.ts'
import { createRefusals } from './connections/refusals.ts'
import { createSecretBox } from './connections/secret-box.ts'
import { deadLetterRoutes } from './dead-letters/dead-letters.routes.ts'
import type { Dependencies } from './dependencies.ts'
import { createArrivals, defaultSharing, type Sharing } from './ingest/arrivals.ts'
import { ingestRoutes } from './ingest/ingest.routes.ts'
import { ingestMetrics, observeGatherer } from './ingest/ingest-metrics.ts'
import { lookupRoutes } from './lookup/lookup.routes.ts'
import { qualityRoutes } from './quality/quality.routes.ts'
import { queueRoutes } from './queues/queues.routes.ts'
import type { RecordingStore } from './recordings/recording-store.ts'
import { recordingRoutes } from './recordings/recordings.routes.ts'

export type AppOptions = ServiceOptions & { readonly dependencies: Dependencies }

export type DependencyOptions = {
  readonly database: Database
  readonly logger: Logger
  readonly metrics: Registry
  readonly secretsKey: string
  readonly publicUrl: string
  readonly sharing?: Sharing
  readonly recordings?: RecordingStore | undefined
}

/** What the routes and the jobs share: the memories and the queue of this process. */
export function buildDependencies({
  database,
  logger,
  metrics,
  secretsKey,
  publicUrl,
  sharing = defaultSharing,
  recordings,
}: DependencyOptions): Dependencies {
  const box = createSecretBox(secretsKey)
  const agents = createAgentDirectory(database)
  const refusals = createRefusals(database)
  const arrivals = createArrivals({ database, agents, logger, sharing, refusals })
  observeGatherer(metrics, arrivals)
  const connections = createConnectionDirectory(database, box)
  const shared = { database, box, refusals, connections, agents, arrivals, publicUrl, recordings }
  return { ...shared, metrics: ingestMetrics(metrics) }
}

/** The service without its port: what `main` listens with and tests inject into. */
export function buildApp({ dependencies, ...service }: AppOptions): FastifyInstance {
  const app = createServer({
    ...service,
    service: 'telephony-ingest',
    newRequestId: newId,
    database: dependencies.database,
  })
  connectionRoutes(app, dependencies)
  ingestRoutes(app, dependencies)
  callRoutes(app, dependencies)
  queueRoutes(app, dependencies)
  agentRoutes(app, dependencies)
  deadLetterRoutes(app, dependencies)
  callbackRoutes(app, dependencies)
  qualityRoutes(app, dependencies)
  lookupRoutes(app, dependencies)
  recordingRoutes(app, dependencies)
  return app
}
