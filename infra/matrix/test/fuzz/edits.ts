import fc from 'fast-check'
import { hostileValues } from './hostile-values.ts'
import { boundaryValues, type Path, type SchemaNode } from './schema-nodes.ts'

/** A change to a valid document. Few of them make a nearly valid one, which gets furthest into the code. */
export type Edit =
  | { readonly kind: 'set'; readonly path: Path; readonly value: unknown }
  | { readonly kind: 'drop'; readonly path: Path }

const surprises = ['unexpected', '__proto__', 'constructor', 'companyId', 'id', 'version', '']

/** Up to three edits of a document with these places in it. */
export function editsOf(nodes: readonly SchemaNode[]): fc.Arbitrary<readonly Edit[]> {
  const surprise = fc
    .tuple(fc.constantFrom(...surprises), fc.constantFrom(...hostileValues))
    .map(([key, value]): Edit => ({ kind: 'set', path: [key], value }))
  if (nodes.length === 0) return fc.array(surprise, { maxLength: 1 })
  const edit = fc.constantFrom(...nodes).chain(({ path, schema }): fc.Arbitrary<Edit> => {
    const set = (value: unknown): Edit => ({ kind: 'set', path, value })
    const boundary = boundaryValues(schema)
    return fc.oneof(
      { weight: 4, arbitrary: boundary.length === 0 ? fc.constant(set(null)) : fc.constantFrom(...boundary).map(set) },
      { weight: 3, arbitrary: fc.constantFrom(...hostileValues).map(set) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map(set) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }).map(set) },
      { weight: 2, arbitrary: fc.constant<Edit>({ kind: 'drop', path }) },
    )
  })
  return fc.array(fc.oneof({ weight: 9, arbitrary: edit }, { weight: 1, arbitrary: surprise }), { maxLength: 3 })
}

/** The document as it would arrive: what JSON cannot say is gone. */
export function apply(document: unknown, edits: readonly Edit[]): unknown {
  const copy = JSON.parse(JSON.stringify(document ?? {})) as unknown
  for (const edit of edits) applyOne(copy, edit)
  return JSON.parse(JSON.stringify(copy))
}

function applyOne(document: unknown, edit: Edit): void {
  const parent = edit.path.slice(0, -1).reduce<unknown>(childOf, document)
  const key = edit.path.at(-1) ?? ''
  if (parent === null || typeof parent !== 'object') return // an edit before this one took the place away
  if (edit.kind === 'drop') Reflect.deleteProperty(parent, key)
  // Not by assignment: `__proto__` is to be a member like any other.
  else Object.defineProperty(parent, key, { value: edit.value, enumerable: true, configurable: true, writable: true })
}

function childOf(value: unknown, key: string | number): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}
