import type { Readable } from 'node:stream'
import type { Actor, createImportRoute, Permission, QueryOf } from '@dealwire/contracts'
import { type Executor, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { readDefinitions } from '../custom-fields/read-definitions.ts'
import type { BackgroundDependencies } from '../dependencies.ts'
import type { ObjectStore } from '../object-store/object-store.ts'
import { planColumns } from './import-columns.ts'
import { countOpenImports, insertImport, type StoredImport } from './imports.repository.ts'
import { readHeader } from './read-csv.ts'
import { importKey } from './run-import.ts'

type Asked = QueryOf<typeof createImportRoute>

/**
 * Keeps the file as it arrives, then stores the import with its job. Not a command in one transaction: a file takes as
 * long as its sender does. A file whose import is refused is thrown away.
 */
export async function createImport(
  { database, jobs, store }: Pick<BackgroundDependencies, 'database' | 'jobs' | 'store'>,
  actor: Actor,
  { asked, file }: { readonly asked: Asked; readonly file: Readable },
): Promise<StoredImport> {
  ensureMayCreate(actor, asked.entity)
  await ensureNotTooMany(database, actor.companyId)
  const target = { companyId: actor.companyId, id: newId() }
  const key = importKey(target)
  try {
    const { bytes } = await keep(store, key, file)
    const stored = await store.get(key)
    if (stored === undefined) throw new Error('The file was stored, and is not there')
    const header = await readHeader(stored, asked.encoding)
    const customFields = await readDefinitions(database, actor.companyId, asked.entity)
    const columns = planColumns(header, { entity: asked.entity, mapping: asked.mapping, customFields })
    const { userId, requestId, company } = actor
    return await withTx(database, async (tx) => {
      const made = await insertImport(tx, actor.companyId, {
        id: target.id,
        entity: asked.entity,
        dryRun: asked.dryRun === 'true',
        columns,
        bytes,
        encoding: asked.encoding,
        author: { userId, requestId, company },
      })
      await jobs.enqueue(tx, 'imports', target)
      return made
    })
  } catch (error) {
    await store.delete(key).catch(() => undefined) // the reason for the refusal matters more than the file that stays
    throw error
  }
}

function ensureMayCreate({ permissions, role }: Actor, entity: Asked['entity']): void {
  const needed: Permission = `${entity}:create`
  if (permissions.has(needed)) return
  throw new AppError(
    'forbidden',
    'forbidden',
    `This needs the permission '${needed}', which the role ${role} does not have.`,
  )
}

/** A file costs disk before it costs anything else. */
const MOST_OPEN = 50

async function ensureNotTooMany(db: Executor, companyId: string): Promise<void> {
  if ((await countOpenImports(db, companyId)) < MOST_OPEN) return
  throw new AppError(
    'conflict',
    'too_many_imports',
    `${MOST_OPEN} imports have not ended; wait for them or cancel some.`,
  )
}

async function keep(store: ObjectStore, key: string, file: Readable): Promise<{ bytes: number }> {
  try {
    return await store.put(key, file)
  } catch (error) {
    if (isBrokenOff(error)) throw brokenOff(error)
    throw error instanceof AppError ? error : notKept(error)
  }
}

const BROKEN_OFF = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ABORT_ERR'])

function isBrokenOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && BROKEN_OFF.has(String(error.code))
}

/** A full disk, a bucket that is away: no fault of the file. */
function notKept(cause: unknown): AppError {
  const message = 'The file cannot be kept now; send it again later.'
  return new AppError('unavailable', 'storage_unavailable', message, { cause, retryAfterSeconds: 30 })
}

function brokenOff(cause: unknown): AppError {
  const message = 'The upload ended before the file was complete; send it again.'
  return new AppError('invalid', 'malformed_request', message, { cause })
}
