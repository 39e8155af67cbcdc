import { z } from 'zod'
import { type JsonObject, tidySchema as tidy } from './tidy-schema.ts'

type Io = 'input' | 'output'

/** Schemas of a document by name: those of requests are written as what is accepted, those of answers as what is sent. */
export type SchemaBook = {
  /** A reference for a named schema; a schema without a name gets the one proposed. */
  readonly ref: (schema: z.ZodType, io: Io, proposedName: string) => JsonObject
  /** `schema` written out, with references to the named schemas in it. */
  readonly inline: (schema: z.ZodType) => JsonObject
  /** Every schema that `roots` reach, by name. */
  readonly reachableFrom: (roots: unknown) => Readonly<Record<string, JsonObject>>
}

const PREFIX = '#/components/schemas/'

/** `inlined`: what will be asked for written out. Converted all at once, which is many times faster than one by one. */
export function openSchemaBook(names: ReadonlyMap<z.ZodType, string>, inlined: readonly z.ZodType[] = []): SchemaBook {
  const shelves = { input: shelf(names, 'input'), output: shelf(names, 'output') }
  const written = new Map<z.ZodType, JsonObject>()

  return {
    ref(schema, io, proposedName) {
      const name = shelves[io].nameOf(schema, proposedName)
      return { $ref: `${PREFIX}${name}` }
    },
    inline(schema) {
      if (written.size === 0) for (const [one, text] of shelves.input.inline(inlined)) written.set(one, text)
      const found = written.get(schema)
      if (found === undefined) throw new Error('A schema to be written out was not announced')
      return found
    },
    reachableFrom(roots) {
      // Where a name means the same both ways, the form that is sent is shown: it asks nothing of who reads it.
      const accepted = shelves.input.all()
      const sent = shelves.output.all()
      const all = { ...accepted, ...sent, ...pick(accepted, (name) => name.endsWith('Input')) }
      const reached = new Map<string, JsonObject>()
      const open = referencesIn(roots)
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        const schema = all[name]
        if (schema === undefined) throw new Error(`No schema is named '${name}'`)
        if (reached.has(name)) continue
        reached.set(name, schema)
        open.push(...referencesIn(schema))
      }
      return Object.fromEntries([...reached].sort(([a], [b]) => (a < b ? -1 : 1)))
    },
  }
}

/** Named schemas of one direction. A name that means something else in the other direction ends in `Input` in this one. */
function shelf(exported: ReadonlyMap<z.ZodType, string>, io: Io) {
  const known = new Map(exported)
  const registry = z.registry<{ id?: string }>()
  /** What parameters may refer to: fields and enumerations. */
  const fields = z.registry<{ id?: string }>()
  const other = io === 'input' ? 'output' : 'input'
  for (const [schema, id] of exported) {
    const differs = io === 'input' && written(schema, io) !== written(schema, other) && !id.endsWith('Input')
    const name = differs ? `${id}Input` : id
    registry.add(schema, { id: name })
    if (!(schema instanceof z.ZodObject)) fields.add(schema, { id: name })
    known.set(schema, name)
  }
  const options = { io, unrepresentable: 'any', uri: (id: string) => `${PREFIX}${id}` } as const

  return {
    nameOf(schema: z.ZodType, proposed: string): string {
      const name = known.get(schema) ?? proposed
      if (!known.has(schema)) {
        known.set(schema, name)
        registry.add(schema, { id: name })
      }
      return name
    },
    /** Each written out; references to named fields stay references. */
    inline(wanted: readonly z.ZodType[]): [z.ZodType, JsonObject][] {
      for (const [index, schema] of wanted.entries()) fields.add(schema, { id: `Inline${index}` })
      const { schemas } = z.toJSONSchema(fields, options)
      return wanted.map((schema, index) => [schema, tidy(schemas[`Inline${index}`], io)])
    },
    all(): Record<string, JsonObject> {
      const { schemas } = z.toJSONSchema(registry, options)
      return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, tidy(schema, io)]))
    },
  }
}

function written(schema: z.ZodType, io: Io): string {
  return JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))
}

function referencesIn(value: unknown): string[] {
  const found = new Set<string>()
  for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    found.add(name)
  return [...found]
}

function pick<T>(all: Readonly<Record<string, T>>, isWanted: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)))
}
