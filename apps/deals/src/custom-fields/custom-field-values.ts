import type { CustomField, CustomFields, CustomFieldsInput } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'

/** What values are checked by. */
export type Definition = Pick<CustomField, 'key' | 'type' | 'options' | 'required'>
type Value = CustomFieldsInput[string]

/** `given` over what is stored: null empties a field, what is not named stays. */
export function mergedValues(stored: CustomFields, given: CustomFieldsInput = {}): CustomFields {
  const merged = Object.entries({ ...stored, ...given })
  return Object.fromEntries(merged.filter((entry): entry is [string, CustomFields[string]] => entry[1] !== null))
}

/** Refuses values that are not of their definition, naming each. */
export function ensureValuesFit(definitions: readonly Definition[], given: CustomFieldsInput = {}): void {
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]))
  refuse(Object.entries(given).flatMap(([key, value]) => faultOf(key, byKey.get(key), value)))
}

/** As `ensureValuesFit`, and what is required must be there. */
export function ensureAllGiven(definitions: readonly Definition[], given: CustomFieldsInput = {}): void {
  ensureValuesFit(definitions, given)
  // A key may be that of a property which every object has.
  const isGiven = (key: string) => Object.hasOwn(given, key) && given[key] !== null
  const missing = definitions.filter(({ key, required }) => required && !isGiven(key))
  refuse(missing.map(({ key }) => fault(key, 'is required')))
}

/** A filter's text as the value it is compared with; undefined when no value of the field can be that. */
export function filterValue({ type }: Definition, text: string): Value | undefined {
  switch (type) {
    case 'number':
      return /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : undefined
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined
    case 'multiselect':
      return [text]
    case 'text':
    case 'date':
    case 'select':
    case 'url':
      return text
  }
}

type Fault = { readonly path: string; readonly message: string }

function fault(key: string, message: string): Fault {
  return { path: `customFields.${key}`, message }
}

function faultOf(key: string, definition: Definition | undefined, value: Value): Fault[] {
  if (definition === undefined) return [fault(key, 'is not a custom field; see /v1/custom-fields')]
  if (value === null) return definition.required ? [fault(key, 'is required')] : []
  return isOfType(definition, value) ? [] : [fault(key, `must be ${wanted[definition.type]}`)]
}

const wanted = {
  text: 'a text of 1 to 1,000 characters',
  number: 'a number of at most 15 digits',
  date: 'a date such as "2026-03-14"',
  boolean: 'true or false',
  select: 'one of the options',
  multiselect: 'a list of options, none twice',
  url: 'an http or https URL',
} as const

const LONGEST_TEXT = 1_000
const MOST_DIGITS = 1e15

function isOfType({ type, options }: Definition, value: NonNullable<Value>): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_TEXT
    case 'number':
      return typeof value === 'number' && Math.abs(value) < MOST_DIGITS
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
      return typeof value === 'string' && isDate(value)
    case 'select':
      return typeof value === 'string' && options.includes(value)
    case 'multiselect':
      return Array.isArray(value) && value.every((one) => options.includes(one)) && new Set(value).size === value.length
    case 'url':
      return typeof value === 'string' && isHttpUrl(value)
  }
}

/** A day that there is: 30 February becomes another one when it is read. */
function isDate(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol)
}

function refuse(errors: readonly Fault[]): void {
  if (errors.length === 0) return
  const named = errors.map(({ path, message }) => `${path} ${message}`).join('; ')
  throw new AppError('invalid', 'validation_failed', `The custom fields are not valid: ${named}.`, { errors })
}
