import { allRoutes } from '@dealwire/contracts'
import type { FastifyInstance } from 'fastify'
import { docsPage, docsStyle } from './docs-page.ts'
import { openApiDocument } from './openapi.ts'

/** The published API. Made once: it changes only with the code. */
export function documentRoutes(app: FastifyInstance, publicUrl: string): void {
  const openApi = JSON.stringify(openApiDocument(allRoutes, publicUrl))
  const page = docsPage(allRoutes)
  const serve = (url: string, type: string, content: string) => {
    app.get(url, async (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=60').send(content),
    )
  }
  serve('/openapi.json', 'application/json; charset=utf-8', openApi)
  serve('/docs', 'text/html; charset=utf-8', page)
  serve('/docs/style.css', 'text/css; charset=utf-8', docsStyle)
}
