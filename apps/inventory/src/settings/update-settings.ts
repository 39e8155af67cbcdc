import type { Actor, BodyOf, updateInventorySettingsRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion } from '@dealwire/errors'
import { changedFields, isEmpty, merged } from '@dealwire/messaging'
import { lockSettings, type Settings, updateSettingsRow } from './settings.repository.ts'

type UpdateSettingsInput = {
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateInventorySettingsRoute>
}

export async function updateSettings(
  tx: Tx,
  actor: Actor,
  { ifMatch, changes }: UpdateSettingsInput,
): Promise<Settings> {
  const before = await lockSettings(tx, actor.companyId)
  ensureVersion(before, ifMatch)
  const after = merged(before, changes)
  if (isEmpty(changedFields(before, after, Object.keys(changes)))) return before
  return updateSettingsRow(tx, actor.companyId, after)
}
