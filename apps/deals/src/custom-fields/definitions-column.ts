import type { CustomFieldEntity } from '@dealwire/contracts'
import type { Definition } from './custom-field-values.ts'

export const DEFINITION_JSON = `json_build_object('key', f.key, 'type', f.type, 'options', f.options, 'required', f.required)`

/** The definitions that the values of a new row are checked by, as a column of the statement that inserts it: no statement more. */
export function definitionsColumn(entity: CustomFieldEntity): string {
  return `(SELECT json_agg(${DEFINITION_JSON}) FROM custom_fields f
    WHERE f.company_id = $1 AND f.entity = '${entity}' AND f.deleted_at IS NULL) AS definitions`
}

/** What `definitionsColumn` answers; null when there are none. */
export type WithDefinitions = { readonly definitions: Definition[] | null }
