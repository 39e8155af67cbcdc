import {
  type Actor,
  type BodyOf,
  type CustomField,
  customFieldUpdated,
  type updateCustomFieldRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { lockCustomField, updateCustomFieldRow } from './custom-fields.repository.ts'

type Input = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateCustomFieldRoute>
}

const FIELDS = ['label', 'options', 'required'] as const

/** Changes what may be written from now on; stored values stay. */
export async function updateCustomField(tx: Tx, actor: Actor, { id, ifMatch, changes }: Input): Promise<CustomField> {
  const before = await lockCustomField(tx, actor.companyId, id)
  if (before === undefined) throw notFound('custom field', id)
  ensureVersion(before, ifMatch)
  const after = merged(before, changes)
  if (isEmpty(changedFields(before, after, FIELDS))) return before
  ensureOptions(after)

  const saved = await updateCustomFieldRow(tx, actor.companyId, after)
  if (saved === undefined) throw notFound('custom field', id)
  append(tx, actor, customFieldUpdated, saved, { customField: saved, ...changedFields(before, saved, FIELDS) })
  return saved
}

function ensureOptions({ type, options }: CustomField): void {
  const hasChoice = type === 'select' || type === 'multiselect'
  if (hasChoice === options.length > 0) return
  const message = hasChoice ? 'must have at least one' : `are not for a ${type}`
  throw new AppError('invalid', 'validation_failed', `The body is not valid: options ${message}.`, {
    errors: [{ path: 'options', message }],
  })
}
