import { type Route, sampleOf } from '@dealwire/contracts'
import fc from 'fast-check'
import { hostileValues } from './hostile-values.ts'
import { boundaryValues, jsonSchemaOf } from './schema-nodes.ts'

/** Names and values of a query; the same name may come twice. */
export type Query = readonly (readonly [string, string])[]

const surprises: Query = [
  ['unexpected', '1'],
  ['__proto__', '1'],
  ['', ''],
  ['companyId', '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e'],
]

/** Filters as they are meant, at their bounds, and as nobody means them. */
export function queriesOf({ query, raw }: Route): fc.Arbitrary<Query> {
  if (raw === true) return fc.constant([])
  const schema = query === undefined ? {} : jsonSchemaOf(query)
  const pairs = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const field = query?.shape[name]
    const meant = field === undefined ? [] : [sampleOf(field as never)]
    const asText = (values: readonly unknown[]) => values.filter((value) => typeof value !== 'object').map(String)
    return fc.oneof(
      { weight: 6, arbitrary: valuesOf(name, asText([...meant, ...boundaryValues(property)])) },
      { weight: 2, arbitrary: valuesOf(name, asText(hostileValues)) },
    )
  })
  const surprise = fc.constantFrom(...surprises)
  if (pairs.length === 0) return fc.array(surprise, { maxLength: 1 })
  return fc.array(fc.oneof({ weight: 12, arbitrary: fc.oneof(...pairs) }, { weight: 1, arbitrary: surprise }), {
    maxLength: 4,
  })
}

/** Four such values, nine bytes a letter once encoded, still fit in the 16 KiB of a request's head; longer ones are among the malformed requests. */
const LONGEST = 400

function valuesOf(name: string, values: readonly string[]): fc.Arbitrary<readonly [string, string]> {
  return fc.constantFrom(...(values.length === 0 ? [''] : values)).map((value) => [name, value.slice(0, LONGEST)])
}

export function queryText(query: Query): string {
  return query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
}

/** As the service will read it. */
export function queryObject(query: Query): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>
  for (const [name, value] of query) {
    const arrived = value.toWellFormed()
    const before = object[name]
    object[name] = before === undefined ? arrived : [before, arrived].flat()
  }
  return object
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed())
