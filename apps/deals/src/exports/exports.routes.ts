import {
  createExportRoute,
  type DealExport,
  downloadExportRoute,
  exportDealsCsvRoute,
  getExportRoute,
  listExportsRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { accepted, ok, once, resource, route, streamed } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { BackgroundDependencies } from '../dependencies.ts'
import { createExport } from './create-export.ts'
import { fileFormats } from './deal-lines.ts'
import { getExport } from './get-export.ts'
import { listExports } from './list-exports.ts'
import { exportKey } from './make-export-file.ts'
import { selectForFile } from './read-deal-file.ts'
import { createDealStreams } from './stream-deals.ts'

export function exportRoutes(app: FastifyInstance, { database, bulk, jobs, store }: BackgroundDependencies): void {
  const streams = createDealStreams(bulk)

  route(app, exportDealsCsvRoute, async ({ actor, query: { bom, ...asked } }) => {
    const selection = await selectForFile(database, actor, asked)
    const lines = streams.open(actor.companyId, selection, bom === 'true')
    return streamed(fileFormats.csv.contentType, lines, attachment('deals.csv'))
  })

  route(app, listExportsRoute, async ({ actor, query }) => ok(await listExports(database, actor, query)))

  route(app, createExportRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createExport(tx, actor, { jobs, asked: body })
        return { ...accepted(made.json), headers: { location: `/v1/deals/exports/${made.value.id}` } }
      }),
    ),
  )

  route(app, getExportRoute, async ({ actor, params: { id } }) => resource(await getExport(database, actor, id)))

  route(app, downloadExportRoute, async ({ actor, params: { id } }) => {
    const { value } = await getExport(database, actor, id)
    ensureReady(value)
    const file = await store.get(exportKey({ companyId: actor.companyId, id }, value.format))
    if (file === undefined) throw expired(id)
    return streamed(fileFormats[value.format].contentType, file, attachment(`deals-${id}.${value.format}`))
  })
}

function attachment(name: string) {
  return { 'content-disposition': `attachment; filename="${name}"` }
}

function ensureReady({ id, status }: DealExport): void {
  if (status === 'done') return
  if (status === 'expired') throw expired(id)
  throw new AppError('conflict', 'export_not_ready', `The export '${id}' is ${status}; it has no file to download.`)
}

function expired(id: string): AppError {
  return new AppError('gone', 'export_expired', `The file of the export '${id}' is gone; export again.`)
}
