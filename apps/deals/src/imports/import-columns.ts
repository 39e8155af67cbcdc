import { type DealImport, importRows } from '@dealwire/contracts'
import { AppError, type ErrorItem } from '@dealwire/errors'
import type { Definition } from '../custom-fields/custom-field-values.ts'

export type Columns = DealImport['columns']
type Entity = DealImport['entity']

const REQUIRED: Readonly<Record<Entity, string>> = { deal: 'title', contact: 'name', customer: 'name' }
/** A spreadsheet ends here as well. */
const MOST_COLUMNS = 500

/** Before the key of a custom field. */
export const CUSTOM = 'cf.'

type Plan = {
  readonly entity: Entity
  readonly mapping?: Readonly<Record<string, string | null>> | undefined
  readonly customFields: readonly Pick<Definition, 'key'>[]
}

/** Which column of the file is read into which field. Throws when nothing could be made of such rows. */
export function planColumns(header: readonly string[], { entity, mapping = {}, customFields }: Plan): Columns {
  const own = Object.keys(importRows[entity].shape).filter((field) => field !== 'customFields')
  const fields = [...own, ...customFields.map(({ key }) => `${CUSTOM}${key}`)]
  const byKey = new Map(fields.map((field) => [keyOf(field), field]))
  const names = header.map((name) => name.trim())
  const columns = names.map((name) => ({ name, field: fieldOf(name) }))

  function fieldOf(name: string): string | null {
    const mapped = Object.hasOwn(mapping, name) ? mapping[name] : byKey.get(keyOf(name))
    return mapped ?? null
  }

  const errors = [
    ...Object.keys(mapping).flatMap((name) => (names.includes(name) ? [] : [`The file has no column '${name}'`])),
    ...columns.flatMap(({ field }) =>
      field === null || fields.includes(field) ? [] : [`A ${entity} has no field '${field}' to import`],
    ),
    ...twice(columns).map((field) => `More than one column is read into '${field}'`),
    ...(columns.some(({ field }) => field === REQUIRED[entity])
      ? []
      : [`No column is read into '${REQUIRED[entity]}'`]),
    ...(names.length > MOST_COLUMNS ? [`The file has more than ${MOST_COLUMNS} columns`] : []),
  ]
  if (errors.length > 0) throw unusable(errors)
  return columns
}

function twice(columns: Columns): string[] {
  const used = columns.flatMap(({ field }) => field ?? [])
  return [...new Set(used.filter((field, index) => used.indexOf(field) !== index))]
}

/** `Expected close date`, `expected_close_date` and `expectedCloseDate` are one. */
function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '')
}

function unusable(messages: readonly string[]): AppError {
  const errors: ErrorItem[] = messages.map((message) => ({ path: 'mapping', message }))
  return new AppError('invalid', 'validation_failed', `The columns of the file do not fit: ${messages[0]}.`, { errors })
}
