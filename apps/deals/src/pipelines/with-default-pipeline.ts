import type { Actor } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { ensureDefaultPipeline } from './ensure-default-pipeline.ts'

/**
 * Runs a read of pipelines that finds nothing in a company too new to have one: its pipeline is made and the read runs again,
 * so that a company can be used at once, before identity's event has arrived.
 */
export async function withDefaultPipeline<T>(
  database: Database,
  actor: Actor,
  read: () => Promise<T | undefined>,
): Promise<T> {
  const found = await read()
  if (found !== undefined) return found
  await withTx(database, (tx) => ensureDefaultPipeline(tx, actor))
  const made = await read()
  if (made === undefined) throw notFound('pipeline', 'default')
  return made
}
