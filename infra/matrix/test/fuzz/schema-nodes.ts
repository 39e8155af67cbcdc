import { z } from 'zod'

export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: JsonSchema
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
}

export type Path = readonly (string | number)[]
/** A place in a document, and what the contract says of it. */
export type SchemaNode = { readonly path: Path; readonly schema: JsonSchema }

const LONGEST_MADE = 25_000

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema
}

/** Every place below the root; of an array its first item. */
export function nodesOf(schema: JsonSchema, path: Path = []): SchemaNode[] {
  const here = path.length === 0 ? [] : [{ path, schema }]
  const variants = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  const below = variants.flatMap(({ properties, items }) => [
    ...Object.entries(properties ?? {}).flatMap(([key, inner]) => nodesOf(inner, [...path, key])),
    ...(items === undefined ? [] : nodesOf(items, [...path, 0])),
  ])
  return [...here, ...below]
}

/** Values at and just beyond what the contract allows. */
export function boundaryValues(schema: JsonSchema): unknown[] {
  const stated = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])]
  const variants = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return [...stated, ...variants.flatMap(boundaryValues), ...ofType(schema)]
}

function ofType(schema: JsonSchema): unknown[] {
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'string':
      return texts(schema)
    case 'integer':
    case 'number':
      return numbers(schema)
    case 'array':
      return [[], Array.from({ length: Math.min((schema.maxItems ?? 100) + 1, 600) }, () => ({}))]
    case 'boolean':
      return [true, false]
    case 'object':
      return [{}, { unexpected: 1 }]
    default:
      return []
  }
}

function texts({ minLength = 0, maxLength = 200, format }: JsonSchema): string[] {
  const longest = Math.min(maxLength, LONGEST_MADE)
  const dates = ['0000-01-01', '0001-01-01', '9999-12-31', '2026-02-30', '1969-12-31', '2026-03-29']
  const times = [
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9998-12-31T23:59:59.999-12:00',
    '9999-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59-12:00',
    '2026-06-30T23:59:60Z',
    '2026-03-29T02:30:00+14:00',
  ]
  return [
    'x'.repeat(minLength),
    'x'.repeat(Math.max(0, minLength - 1)),
    'ა'.repeat(longest),
    'x'.repeat(longest + 1),
    ...(format === 'date' ? dates : []),
    ...(format === 'date-time' ? times : []),
  ]
}

function numbers({ minimum = -1, maximum = 1_000_000 }: JsonSchema): number[] {
  return [minimum, maximum, minimum - 1, maximum + 1, minimum + 0.001, minimum + 0.0001, 0.1 + 0.2]
}
