import { defaultPipeline } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { insertDefaultPipeline } from './pipelines.repository.ts'

/** Makes the pipeline that every company starts with. Callers at once, or an event after a call, end with the same one. */
export async function ensureDefaultPipeline(tx: Tx, companyId: string): Promise<void> {
  const stages = defaultPipeline.stages.map((stage, position) => ({ ...stage, position }))
  await insertDefaultPipeline(tx, companyId, { id: newId(), name: defaultPipeline.name, stages })
}
