import { z } from 'zod'
import { instantOut, longText, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

export const customFieldEntities = ['deal', 'customer', 'contact'] as const
export const customFieldTypes = ['text', 'number', 'date', 'boolean', 'select', 'multiselect', 'url'] as const
export type CustomFieldEntity = (typeof customFieldEntities)[number]

/** Of one entity. */
export const MOST_CUSTOM_FIELDS = 50
const MOST_OPTIONS = 100

export const customField = z.strictObject({
  id: z.uuid(),
  entity: z.enum(customFieldEntities),
  /** What values are named by in `customFields`; never changes. */
  key: z.string(),
  label: z.string(),
  type: z.enum(customFieldTypes),
  /** Of `select` and `multiselect`; empty for the others. */
  options: z.array(z.string()),
  /** Must be given when an entity is created, and cannot be emptied. */
  required: z.boolean(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type CustomField = z.output<typeof customField>

const KEY = /^[A-Za-z][A-Za-z0-9_]{0,49}$/
const key = z.string().regex(KEY, 'must start with a letter, and have at most 50 letters, digits or _')
const options = z
  .array(text(100))
  .max(MOST_OPTIONS)
  .refine((values) => new Set(values).size === values.length, 'must not name an option twice')

const value = z.union([longText(2_000), z.number(), z.boolean(), z.array(text(100)).max(MOST_OPTIONS)])

/** By key; null empties one, and what is not named stays. Checked by the definitions. */
export const customFieldsInput = z
  .record(key, value.nullable())
  .refine((values) => Object.keys(values).length <= MOST_CUSTOM_FIELDS, `must be at most ${MOST_CUSTOM_FIELDS}`)
export type CustomFieldsInput = z.output<typeof customFieldsInput>

export const customFieldsOut = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
export type CustomFields = z.output<typeof customFieldsOut>

const FILTER = /^cf\.[A-Za-z][A-Za-z0-9_]{0,49}$/
const LONGEST_FILTER = 2_000

/** Lets a list be filtered by `cf.<key>`; other unknown keys are refused as before. Which fields there are is for the service to say. */
export function filterableByCustomFields<Query extends z.ZodObject>(query: Query): Query {
  const open = query.catchall(z.unknown()).superRefine((values, context) => {
    for (const [name, given] of Object.entries(values)) {
      if (Object.hasOwn(query.shape, name)) continue
      if (!FILTER.test(name)) context.addIssue({ code: 'unrecognized_keys', keys: [name], input: values })
      else if (typeof given !== 'string' || given.length > LONGEST_FILTER)
        context.addIssue({ code: 'custom', path: [name], message: 'must be one text', input: given })
    }
  })
  // The keys are the caller's own, so the type cannot name them; `customFieldFilters` of the service reads them.
  return open as unknown as Query
}

export const listCustomFieldsRoute = defineRoute({
  method: 'GET',
  path: '/v1/custom-fields',
  service: 'deals',
  permission: 'deal:read',
  summary: 'List the definitions of custom fields.',
  query: pageQuery({
    sorts: ['createdAt', 'key'],
    defaultSort: 'createdAt',
    filters: {
      entity: z.enum(customFieldEntities).optional(),
      type: z.enum(customFieldTypes).optional(),
    },
  }),
  responses: { 200: pageOf(customField) },
})

const hasOptions = ({ type, options }: { type: CustomField['type']; options?: string[] | undefined }) =>
  (type === 'select' || type === 'multiselect') === (options !== undefined && options.length > 0)

export const createCustomFieldRoute = defineRoute({
  method: 'POST',
  path: '/v1/custom-fields',
  service: 'deals',
  permission: 'company:manage',
  description:
    'Values are written as `customFields: {"<key>": value}` and are text, a number, a boolean, a date `YYYY-MM-DD`, an http(s) URL, one of the options, or several of them as a list. Lists filter by `?cf.<key>=value`. A required field must be given when an entity is created; entities that are there already need not have it.',
  summary: `Define a field of deals, customers or contacts: at most ${MOST_CUSTOM_FIELDS} for each. A key that is taken is 409 \`duplicate_key\`, for a few minutes after its field was deleted too.`,
  idempotent: true,
  body: z
    .strictObject({
      entity: z.enum(customFieldEntities),
      key,
      label: text(200),
      type: z.enum(customFieldTypes),
      options: options.optional(),
      required: z.boolean().default(false),
    })
    .refine(hasOptions, { path: ['options'], message: 'are for select and multiselect, which must have some' }),
  errors: ['duplicate_key', 'too_many_custom_fields'],
  responses: { 201: customField, 409: problem, 422: problem },
})

export const getCustomFieldRoute = defineRoute({
  method: 'GET',
  path: '/v1/custom-fields/:id',
  service: 'deals',
  permission: 'deal:read',
  summary: 'Get the definition of a custom field.',
  responses: { 200: customField, 404: problem },
})

export const updateCustomFieldRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/custom-fields/:id',
  service: 'deals',
  permission: 'company:manage',
  summary:
    'Change label, options or whether it is required. Values that were stored stay, also of an option that is no longer there.',
  body: z.strictObject({ label: text(200).optional(), options: options.optional(), required: z.boolean().optional() }),
  responses: { 200: customField, 404: problem, 412: problem },
})

export const deleteCustomFieldRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/custom-fields/:id',
  service: 'deals',
  permission: 'company:manage',
  summary:
    'Delete a custom field. Its values are erased within minutes, which is no change of the entities that had them.',
  responses: { 204: null, 404: problem, 412: problem },
})
