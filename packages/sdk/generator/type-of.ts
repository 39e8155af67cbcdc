export type Schema = { readonly [key: string]: unknown }

/** The TypeScript type that a JSON Schema of our documents describes. */
export function typeOf(schema: Schema): string {
  if (typeof schema['$ref'] === 'string') return schema['$ref'].split('/').at(-1) ?? 'unknown'
  if (Array.isArray(schema['enum'])) return union(schema['enum'].map((value) => JSON.stringify(value)))
  if ('const' in schema) return JSON.stringify(schema['const'])
  const variants = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(variants)) return union(variants.map(typeOf))
  if (Array.isArray(schema['allOf'])) return schema['allOf'].map(typeOf).join(' & ')
  if (Array.isArray(schema['type'])) return union(schema['type'].map((type) => typeOf({ ...schema, type })))
  return simpleType(schema)
}

function simpleType(schema: Schema): string {
  switch (schema['type']) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema['type']
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return arrayType(schema)
    case 'object':
      return objectType(schema)
    default:
      return 'unknown'
  }
}

function arrayType({ items, prefixItems }: Schema): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map(typeOf).join(', ')}]`
  const item = typeOf((items ?? {}) as Schema)
  return /[ |&]/.test(item) && !/^\{[^{}]*\}$/.test(item) ? `(${item})[]` : `${item}[]`
}

function objectType({ properties, required, additionalProperties }: Schema): string {
  const names = new Set((required ?? []) as string[])
  const members = Object.entries((properties ?? {}) as Record<string, Schema>).map(([name, property]) =>
    memberOf(name, property, names.has(name)),
  )
  const rest = additionalProperties
  if (rest === false || (rest === undefined && members.length > 0)) return `{\n${members.join('\n')}\n}`
  if (members.length > 0) return `{\n${members.join('\n')}\n[key: string]: unknown\n}`
  return `{ [key: string]: ${rest === undefined || rest === true ? 'unknown' : typeOf(rest as Schema)} }`
}

function memberOf(name: string, schema: Schema, isRequired: boolean): string {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`
  const type = typeOf(schema)
  return `${docOf(schema['description'])}${key}${isRequired ? '' : '?'}: ${type}${isRequired ? '' : ' | undefined'}`
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ')
}

/** A doc comment, or nothing. */
export function docOf(text: unknown): string {
  if (typeof text !== 'string' || text === '') return ''
  const lines = text.replaceAll('*/', '*\\/').split('\n')
  return lines.length === 1
    ? `/** ${lines[0]} */\n`
    : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`
}
