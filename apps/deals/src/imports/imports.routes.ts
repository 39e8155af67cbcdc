import { Readable } from 'node:stream'
import {
  cancelImportRoute,
  createImportRoute,
  downloadImportErrorsRoute,
  getImportRoute,
  listImportErrorsRoute,
  listImportsRoute,
  revertImportRoute,
} from '@dealwire/contracts'
import { readBatches } from '@dealwire/db/batches'
import { type Database, withTx } from '@dealwire/db/client'
import { accepted, ok, resource, route, streamed } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { BackgroundDependencies } from '../dependencies.ts'
import { cancelImport } from './cancel-import.ts'
import { createImport } from './create-import.ts'
import { getImport } from './get-import.ts'
import { importErrorLines } from './imports.repository.ts'
import { listImportErrors, listImports } from './list-imports.ts'
import { revertImport } from './revert-import.ts'

const ERROR_BATCH_ROWS = 1_000

export function importRoutes(app: FastifyInstance, dependencies: BackgroundDependencies): void {
  const { database, bulk, jobs } = dependencies

  route(app, createImportRoute, async ({ actor, query, body }) => {
    const { json, value } = await createImport(dependencies, actor, { asked: query, file: body })
    return { ...accepted(json), headers: { location: `/v1/deals/imports/${value.id}` } }
  })

  route(app, listImportsRoute, async ({ actor, query }) => ok(await listImports(database, actor, query)))

  route(app, getImportRoute, async ({ actor, params: { id } }) => resource(await getImport(database, actor, id)))

  route(app, listImportErrorsRoute, async ({ actor, params: { id }, query }) =>
    ok(await listImportErrors(database, actor, { ...query, importId: id })),
  )

  route(app, downloadImportErrorsRoute, async ({ actor, params: { id } }) => {
    await getImport(database, actor, id)
    const lines = Readable.from(errorLines(bulk, actor.companyId, id), { objectMode: false })
    const name = `attachment; filename="import-${id}-errors.csv"`
    return streamed('text/csv; charset=utf-8; header=present', lines, { 'content-disposition': name })
  })

  route(app, cancelImportRoute, async ({ actor, params: { id } }) =>
    withTx(database, async (tx) => resource(await cancelImport(tx, actor, id))),
  )

  route(app, revertImportRoute, async ({ actor, params: { id } }) =>
    withTx(database, async (tx) => accepted((await revertImport(tx, actor, { jobs, id })).json)),
  )
}

async function* errorLines(bulk: Database, companyId: string, importId: string): AsyncGenerator<string> {
  yield 'row,field,code,message\r\n'
  const batches = { companyId, sort: 'row', filters: { importId }, rows: ERROR_BATCH_ROWS, separator: '\r\n' }
  for await (const { text } of readBatches(bulk, importErrorLines, batches)) yield text
}
