import {
  type Actor,
  type BodyOf,
  type CustomField,
  type createCustomFieldRoute,
  customFieldCreated,
  MOST_CUSTOM_FIELDS,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { insertCustomField, lockCustomFields } from './custom-fields.repository.ts'

/** Defines a field; it can be written and filtered by at once. */
export async function createCustomField(
  tx: Tx,
  actor: Actor,
  { options = [], ...input }: BodyOf<typeof createCustomFieldRoute>,
): Promise<CustomField> {
  await lockCustomFields(tx, actor.companyId)
  const made = await insertCustomField(tx, actor.companyId, { id: newId(), options, ...input })
  if (made === 'full') {
    throw new AppError(
      'conflict',
      'too_many_custom_fields',
      `A ${input.entity} already has ${MOST_CUSTOM_FIELDS} custom fields, which is the limit.`,
    )
  }
  if (made === 'taken') {
    throw new AppError('conflict', 'duplicate_key', `A ${input.entity} already has a custom field '${input.key}'.`)
  }
  append(tx, actor, customFieldCreated, made, { customField: made })
  return made
}
