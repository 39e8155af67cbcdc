import type { Actor, CustomFieldEntity } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { filterValue } from './custom-field-values.ts'
import { findDefinitions } from './custom-fields.repository.ts'

const PREFIX = 'cf.'

/** The condition that `cf.<key>=value` makes of a row `alias`: one containment for all of them, which the GIN index answers. */
export function customFieldCondition(alias: string): string {
  return `${alias}.custom_fields <> '{}' AND ${alias}.custom_fields @> $?::jsonb`
}

/** Parts a list's query from its filters by custom fields, which become one JSON that a row's values must contain. */
export async function customFieldFilters<Query extends object>(
  db: Executor,
  actor: Actor,
  entity: CustomFieldEntity,
  query: Query,
): Promise<{ query: Query; customFields: string | undefined }> {
  const asked = Object.entries(query).filter(([name]) => name.startsWith(PREFIX))
  if (asked.length === 0) return { query, customFields: undefined }
  const definitions = await findDefinitions(db, actor.companyId, entity)
  const values = asked.map(([name, text]) => {
    const definition = definitions.find(({ key }) => `${PREFIX}${key}` === name)
    if (definition === undefined) throw badFilter(name, 'is not a custom field of these')
    const value = filterValue(definition, String(text))
    if (value === undefined) throw badFilter(name, `must be a ${definition.type}`)
    return [definition.key, value]
  })
  const rest = Object.entries(query).filter(([name]) => !name.startsWith(PREFIX))
  return { query: Object.fromEntries(rest) as Query, customFields: JSON.stringify(Object.fromEntries(values)) }
}

function badFilter(path: string, message: string): AppError {
  return new AppError('invalid', 'validation_failed', `The query is not valid: ${path} ${message}.`, {
    errors: [{ path, message }],
  })
}
