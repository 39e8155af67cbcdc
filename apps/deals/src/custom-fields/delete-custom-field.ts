import { type Actor, customFieldDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { startSweep } from '../sweeps/start-sweep.ts'
import { lockCustomField, retireCustomField } from './custom-fields.repository.ts'

/** Longer than any transaction that still knows the field may take to commit a value of it. */
const SETTLED_AFTER_SECONDS = 60

/** Takes a field out of use at once; a sweep erases its values and then gives its key free. */
export async function deleteCustomField(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { readonly id: string; readonly ifMatch: number | undefined },
): Promise<void> {
  const before = await lockCustomField(tx, actor.companyId, id)
  if (before === undefined) throw notFound('custom field', id)
  ensureVersion(before, ifMatch)
  const retired = await retireCustomField(tx, actor.companyId, id)
  if (retired === undefined) throw notFound('custom field', id)
  append(tx, actor, customFieldDeleted, retired, { customField: retired })
  const { entity, key } = retired
  await startSweep(tx, actor.companyId, {
    kind: 'erase-custom-field',
    argument: { id, entity, key },
    afterSeconds: SETTLED_AFTER_SECONDS,
  })
}
