export type JsonObject = { readonly [key: string]: unknown }

/** Said once for the whole document, or said better by `format`. */
const REPEATED = new Set(['$schema', '$id', '~standard'])

/**
 * A schema as it should be read: without what zod needs and a reader does not. Answers do not forbid members they do not list:
 * fields are added over time, and a client must not break on them.
 */
export function tidySchema(schema: unknown, io: 'input' | 'output'): JsonObject {
  return nullable(withoutNoise(schema as JsonObject, io))
}

/** The members of a schema whose values are schemas by name. */
const NAMED_SCHEMAS = new Set(['properties', 'patternProperties', '$defs'])

function withoutNoise(schema: JsonObject, io: 'input' | 'output'): JsonObject {
  const kept = Object.entries(schema).filter(([key, value]) => !isNoise(schema, key, value, io))
  return Object.fromEntries(
    kept.map(([key, value]) => {
      if (key === 'example') return ['examples', [value]]
      if (NAMED_SCHEMAS.has(key)) return [key, mapValues(value as JsonObject, (inner) => tidyAny(inner, io))]
      return [key, tidyAny(value, io)]
    }),
  )
}

function isNoise(schema: JsonObject, key: string, value: unknown, io: 'input' | 'output'): boolean {
  if (REPEATED.has(key)) return true
  if (key === 'pattern') return schema['format'] !== undefined
  if (key === 'maximum') return value === Number.MAX_SAFE_INTEGER
  if (key === 'minimum') return value === Number.MIN_SAFE_INTEGER
  return key === 'additionalProperties' && io === 'output' && value === false
}

function tidyAny(value: unknown, io: 'input' | 'output'): unknown {
  if (Array.isArray(value)) return value.map((item) => tidyAny(item, io))
  return value !== null && typeof value === 'object' ? tidySchema(value, io) : value
}

/** A simple type or null is one type of two names; only references and enumerations need alternatives. */
function nullable(schema: JsonObject): JsonObject {
  const [first, second, ...more] = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as JsonObject[]) : []
  if (first === undefined || second?.['type'] !== 'null' || more.length > 0) return schema
  if (typeof first['type'] !== 'string' || 'enum' in first || 'const' in first) return schema
  const { anyOf: _alternatives, ...rest } = schema
  return { ...first, ...rest, type: [first['type'], 'null'] }
}

function mapValues(object: JsonObject, change: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}
