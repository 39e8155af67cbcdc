import { allEvents, allRoutes } from '@dealwire/contracts'
import type { FastifyInstance } from 'fastify'
import { asyncApiDocument } from './asyncapi.ts'
import { docsRoutes } from './docs-page.ts'
import { openApiDocument } from './openapi.ts'
import { problemRoutes } from './problems.routes.ts'
import { publication, publish } from './publication.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/** The published API. Made once: it changes only with the code. */
export function documentRoutes(app: FastifyInstance, publicUrl: string): void {
  // Where NATS is reached from outside is the operator's to tell; its port is the usual one.
  const natsHost = `${new URL(publicUrl).hostname}:4222`
  publish(app, '/openapi.json', publication(JSON_TYPE, JSON.stringify(openApiDocument(allRoutes, publicUrl))))
  publish(app, '/asyncapi.json', publication(JSON_TYPE, JSON.stringify(asyncApiDocument(allEvents, natsHost))))
  docsRoutes(app)
  problemRoutes(app)
}
