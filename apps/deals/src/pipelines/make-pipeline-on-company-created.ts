import { type companyCreated, eventAuthor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { ensureDefaultPipeline } from './ensure-default-pipeline.ts'

export async function makePipelineOnCompanyCreated(tx: Tx, event: EventOf<typeof companyCreated>): Promise<void> {
  await ensureDefaultPipeline(tx, eventAuthor(event))
}
