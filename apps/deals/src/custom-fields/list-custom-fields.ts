import type { Actor, CustomField, listCustomFieldsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { customFieldList, findCustomField } from './custom-fields.repository.ts'

export async function listCustomFields(
  db: Executor,
  actor: Actor,
  { entity, type, ...page }: QueryOf<typeof listCustomFieldsRoute>,
): Promise<string> {
  return listPage(db, customFieldList, actor.companyId, { ...page, filters: { entity, type } })
}

export async function getCustomField(db: Executor, actor: Actor, id: string): Promise<CustomField> {
  const field = await findCustomField(db, actor.companyId, id)
  if (field === undefined) throw notFound('custom field', id)
  return field
}
