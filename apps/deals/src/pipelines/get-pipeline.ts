import type { Author } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findPipeline, type StoredPipeline } from './pipelines.repository.ts'

export async function getPipeline(
  db: Executor,
  { companyId }: Pick<Author, 'companyId'>,
  id: string,
): Promise<StoredPipeline> {
  const pipeline = await findPipeline(db, companyId, id)
  if (pipeline === undefined) throw notFound('pipeline', id)
  return pipeline
}
