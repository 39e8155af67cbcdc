import type { AsyncApi, OpenApi } from './documents.ts'
import { indent } from './indent.ts'
import { type Body, type Method, methodsOf } from './methods.ts'
import { docOf, type Schema, typeOf } from './type-of.ts'

const HEAD = '// Made from the published API by `pnpm sdk`. Do not edit: a test compares it with the contracts.\n'

/** The generated files of the client, by name. */
export function generateSdk(openApi: OpenApi, asyncApi: AsyncApi): Readonly<Record<string, string>> {
  const methods = methodsOf(openApi)
  refuseSharedPlaces(methods)
  return {
    'schemas.ts': indent(schemasFile(openApi, asyncApi)),
    'events.ts': indent(eventsFile(asyncApi)),
    'operations.ts': indent(operationsFile(methods)),
  }
}

function refuseSharedPlaces(methods: readonly Method[]): void {
  const places = methods.map(({ place }) => place.join('.'))
  const shared = places.filter((place, index) => places.indexOf(place) !== index)
  if (shared.length > 0) throw new Error(`Several operations would be called ${shared.join(', ')}`)
}

function schemasFile(openApi: OpenApi, asyncApi: AsyncApi): string {
  const schemas: Record<string, Schema> = { ...asyncApi.components.schemas, ...openApi.components.schemas }
  const types = Object.entries(schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => `${docOf(schema['description'])}export type ${name} = ${typeOf(schema)}\n`)
  const codes = Object.keys(openApi.components.examples).map((code) => `  | '${code}'`)
  return `${HEAD}\n${types.join('\n')}\n/** Every \`code\` of a problem document that this version knows. */\nexport type ProblemCode =\n${codes.join('\n')}\n`
}

function eventsFile(asyncApi: AsyncApi): string {
  const messages = Object.values(asyncApi.components.messages).map(({ name, summary, payload }) => {
    const { properties } = (payload.allOf[1] ?? {}) as { properties: Record<string, Schema> }
    return { name, summary, data: typeOf(properties['data'] ?? {}) }
  })
  const imported = [...new Set([...messages.map(({ data }) => data), 'Envelope'])].sort()
  const members = messages.map(({ name, summary, data }) => `${docOf(summary)}'${name}': ${data}`)
  return `${HEAD}
import type { ${imported.join(', ')} } from './schemas.ts'

/** The data of each event, by its type. */
export type EventData = {
${members.join('\n')}
}

export type EventType = keyof EventData

/** An event as it is published; a union that \`type\` tells apart. */
export type CrmEvent<Type extends EventType = EventType> = {
  [T in Type]: Omit<Envelope, 'type' | 'data'> & { type: T; data: EventData[T] }
}[Type]
`
}

function operationsFile(methods: readonly Method[]): string {
  const used = [...new Set(methods.flatMap(namesIn))].sort()
  const queries = methods.filter(({ query }) => query.length > 0).map(queryType)
  return `${HEAD}
import { type CallOptions, type ChangeOptions, type FileBody, type Pages, pagesOf, type Send } from '../call.ts'
import type { ${used.join(', ')} } from './schemas.ts'

${queries.join('\n')}
/** Every operation, in the order of its path: \`client.inventory.purchaseOrders.receive(id, body)\`. */
export function operationsOf(send: Send) {
  return ${treeOf(methods)}
}
`
}

/** Types that are not schemas. */
const ELSEWHERE = new Set(['FileBody', 'Record', 'Response'])

/** Names of schemas in the types of a method. */
function namesIn({ body, answer, query }: Method): string[] {
  const types = [body?.type ?? '', answer, ...query.filter(isOwnFilter).map(({ schema }) => typeOf(schema))]
  return types
    .flatMap((type) => type.replaceAll(/'[^']*'|"[^"]*"/g, '').match(/\b[A-Z]\w+/g) ?? [])
    .filter((name) => !ELSEWHERE.has(name))
}

const isOwnFilter = ({ name }: { name: string }) => name !== 'cursor'

const queryName = ({ operation }: Method) =>
  `${operation.operationId.charAt(0).toUpperCase()}${operation.operationId.slice(1)}Query`

function queryType(method: Method): string {
  const members = method.query.map(({ name, required, schema, description }) => {
    const type = name.includes('.') ? `'${name}'` : name
    return `${docOf(description)}${type}${required === true ? '' : '?'}: ${typeOf(schema)}${required === true ? '' : ' | undefined'}`
  })
  return `export type ${queryName(method)} = {\n${members.join('\n')}\n}\n`
}

type Tree = Map<string, Tree | Method>

function treeOf(methods: readonly Method[]): string {
  const root: Tree = new Map()
  for (const method of methods) {
    const folder = method.place.slice(0, -1).reduce<Tree>((tree, name) => {
      const found = tree.get(name)
      const inner = found instanceof Map ? found : new Map()
      tree.set(name, inner)
      return inner
    }, root)
    folder.set(method.place.at(-1) ?? '', method)
  }
  return print(root)
}

function print(tree: Tree): string {
  const members = [...tree].map(([name, inner]) =>
    inner instanceof Map ? `${name}: ${print(inner)},` : functionOf(name, inner),
  )
  return `{\n${members.join('\n')}\n}`
}

function functionOf(name: string, method: Method): string {
  const { operation, verb, path, answer, isPaged } = method
  const result = isPaged ? `Pages<${answer}>` : `Promise<${answer}>`
  const call = `{ ${callOf(method)} }`
  return [
    docOf(`${operation.description}\n\n\`${verb} ${path}\``),
    `${name}: (${parametersOf(method)}): ${result} =>\n`,
    isPaged ? `pagesOf(send, ${call}),` : `send(${call}),`,
  ].join('')
}

function parametersOf(method: Method): string {
  const { operation, pathParameters, query, body } = method
  const isChange = operation.parameters.some((parameter) => '$ref' in parameter && parameter.$ref.endsWith('/IfMatch'))
  const optional = (isOptional: boolean) => (isOptional ? ' = {}' : '')
  return [
    ...pathParameters.map((parameter) => `${parameter}: string`),
    ...(body === undefined ? [] : [`${nameOfBody(body)}: ${body.type}${optional(!body.isRequired)}`]),
    ...(query.length === 0
      ? []
      : [`query: ${queryName(method)}${optional(query.every((one) => one.required !== true))}`]),
    `options: ${isChange ? 'ChangeOptions' : 'CallOptions'} = {}`,
  ].join(', ')
}

function nameOfBody({ mediaType }: Body): string {
  return mediaType === undefined ? 'body' : 'file'
}

function argumentOf({ mediaType }: Body): string[] {
  return mediaType === undefined ? ['body'] : ['body: file', `mediaType: '${mediaType}'`]
}

function callOf({ verb, path, pathParameters, query, body, isIdempotent, isStream }: Method): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_match, parameter: string) => `\${encodeURIComponent(${parameter})}`)
  return [
    `method: '${verb}'`,
    pathParameters.length === 0 ? `path: '${path}'` : `path: \`${filled}\``,
    ...(query.length === 0 ? [] : ['query']),
    ...(body === undefined ? [] : argumentOf(body)),
    ...(isIdempotent ? ['isIdempotent: true'] : []),
    ...(isStream ? ['isStream: true'] : []),
    'options',
  ].join(', ')
}
