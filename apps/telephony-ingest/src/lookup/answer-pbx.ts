import type { Executor } from '@dealwire/db/client'
import type { Answer } from '@dealwire/http'
import type { KnownConnection } from '../connections/connection-directory.ts'
import type { PossibleCaller, ProviderLookup } from '../providers/provider.ts'
import { findCaller } from './lookup.repository.ts'
import { lookupNumber } from './lookup-number.ts'

/** Tells a PBX who may be calling, in its own words. It learns names and numbers, and nothing of the business with them. */
export async function answerPbx(
  executor: Executor,
  connection: KnownConnection,
  lookup: ProviderLookup,
  phone: string,
): Promise<Answer> {
  const number = lookupNumber(phone, connection.settings.defaultRegion)
  const { candidates } = JSON.parse(await findCaller(executor, connection.companyId, number)) as {
    candidates: PossibleCaller[]
  }
  const { body, contentType } = lookup.answer(candidates)
  return { status: 200, body, headers: { 'content-type': contentType } }
}
