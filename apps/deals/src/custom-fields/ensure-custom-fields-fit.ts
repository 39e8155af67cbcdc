import type { Actor, CustomFieldEntity, CustomFieldsInput } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureValuesFit } from './custom-field-values.ts'
import { findDefinitions } from './custom-fields.repository.ts'

/** For a change: checks the values that are given, which is no statement when none are. */
export async function ensureCustomFieldsFit(
  tx: Tx,
  actor: Actor,
  entity: CustomFieldEntity,
  given: CustomFieldsInput | undefined,
): Promise<void> {
  if (given === undefined) return
  ensureValuesFit(await findDefinitions(tx, actor.companyId, entity), given)
}
