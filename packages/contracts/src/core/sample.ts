import { z } from 'zod'

type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly example?: unknown
}

const byFormat: Readonly<Record<string, string>> = {
  uuid: '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e',
  email: 'nino@example.com',
  date: '2026-03-14',
  'date-time': '2026-03-14T09:26:53.589Z',
  uri: 'https://example.com/path',
  base64url: 'ZGVhbHdpcmU',
}

/** Tried in turn against a pattern; a contract with a new kind of text adds one here. */
const texts = [
  'Example',
  'GEL',
  '1250.00',
  '12.5000',
  '42',
  'example',
  'example_key',
  'crm.deals.deal.created',
  '/deals',
  'PO-2026-0001',
  '2026-03-14',
  '2026-03-14T09:26:53.589Z',
  '2026-03',
  'GE',
  'Asia/Tbilisi',
  '+995322000000',
  '10:30',
  '#aabbcc',
]

/**
 * A value that the schema accepts, always the same one: for examples in documents, golden events and generated tests.
 * Throws when it cannot find one, which a test turns into "add an example".
 */
export function sampleOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): unknown {
  const description = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    target: 'draft-2020-12',
  }) as JsonSchema
  return build(description)
}

function build(schema: JsonSchema): unknown {
  const stated = schema.example ?? schema.const ?? schema.enum?.[0]
  if (stated !== undefined) return stated
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined) return build(variants[0] ?? {})
  if (schema.allOf !== undefined) return build(Object.assign({}, ...schema.allOf))
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, build(value)]))
    case 'array':
      return buildArray(schema)
    case 'string':
      return buildText(schema)
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1, 1)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return {}
  }
}

function buildArray(schema: JsonSchema): unknown[] {
  if (schema.prefixItems !== undefined) return schema.prefixItems.map(build)
  return Array.from({ length: Math.max(schema.minItems ?? 1, 1) }, () => build(schema.items ?? {}))
}

function buildText(schema: JsonSchema): string {
  const known = schema.format === undefined ? undefined : byFormat[schema.format]
  if (known !== undefined) return known
  const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern)
  const found = texts.find((text) => pattern?.test(text) ?? true)
  if (found === undefined) throw new Error(`No sample text matches ${schema.pattern}; add one to the list in sample.ts`)
  return found.padEnd(schema.minLength ?? 0, 'x').slice(0, schema.maxLength)
}
