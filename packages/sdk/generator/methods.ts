import type { OpenApi, Operation, Parameter } from './documents.ts'
import { type Schema, typeOf } from './type-of.ts'

/** `mediaType`: of a file; undefined for JSON. */
export type Body = { readonly type: string; readonly isRequired: boolean; readonly mediaType: string | undefined }

export type Method = {
  /** Where it is found: `['inventory', 'purchaseOrders', 'receive']`. */
  readonly place: readonly string[]
  readonly verb: string
  readonly path: string
  readonly operation: Operation
  readonly pathParameters: readonly string[]
  readonly query: readonly Parameter[]
  readonly body: Body | undefined
  /** The type of the answer; of an item where the answer is a page. */
  readonly answer: string
  readonly isPaged: boolean
  /** Answers something else than JSON, as it is made. */
  readonly isStream: boolean
  readonly isIdempotent: boolean
}

/** Paths below these are about several things; elsewhere the first part of a path is the thing. */
const AREAS = new Set(['inventory', 'telephony', 'analytics'])

/** Every operation that a client calls: not those that PBXs call, nor those outside `/v1`, nor the live stream, which is no call. */
export function methodsOf(document: OpenApi): Method[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => path.startsWith('/v1/') && operation['x-rate-class'] !== 'webhook')
      .filter(([, operation]) => operation.responses['200']?.content?.['text/event-stream'] === undefined)
      .map(([verb, operation]) => methodOf(document, path, verb, operation)),
  )
}

function methodOf(document: OpenApi, path: string, verb: string, operation: Operation): Method {
  const parameters = operation.parameters.map((parameter) => resolve(document, parameter))
  const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'))
  const schemas = answers.map(([, response]) => response.content?.['application/json']?.schema)
  const item = itemOf(document, schemas[0])
  const isStream = answers.some(([, { content = {} }]) =>
    Object.keys(content).some((type) => type !== 'application/json'),
  )
  return {
    place: placeOf(document, path, verb, item !== undefined),
    verb: verb.toUpperCase(),
    path,
    operation,
    pathParameters: parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
    query: parameters.filter((parameter) => parameter.in === 'query'),
    body: bodyOf(operation),
    answer: isStream ? 'Response' : answerOf(schemas, item),
    isPaged: item !== undefined,
    isStream,
    isIdempotent: parameters.some(({ name }) => name === 'Idempotency-Key'),
  }
}

function bodyOf({ requestBody }: Operation): Body | undefined {
  if (requestBody === undefined) return undefined
  const json = requestBody.content['application/json']?.schema
  if (json !== undefined) return { type: typeOf(json), isRequired: requestBody.required, mediaType: undefined }
  return { type: 'FileBody', isRequired: requestBody.required, mediaType: Object.keys(requestBody.content)[0] }
}

function answerOf(schemas: readonly (Schema | undefined)[], item: Schema | undefined): string {
  if (item !== undefined) return typeOf(item)
  return [...new Set(schemas.map((schema) => (schema === undefined ? 'void' : typeOf(schema))))].join(' | ')
}

function resolve(document: OpenApi, parameter: Operation['parameters'][number]): Parameter {
  if (!('$ref' in parameter)) return parameter
  const found = document.components.parameters[parameter.$ref.split('/').at(-1) ?? '']
  if (found === undefined) throw new Error(`${parameter.$ref} is not in the document`)
  return found
}

/** The schema of a page's items, or undefined for what is no page. */
function itemOf(document: OpenApi, schema: Schema | undefined): Schema | undefined {
  const name =
    String(schema?.['$ref'] ?? '')
      .split('/')
      .at(-1) ?? ''
  const properties = document.components.schemas[name]?.['properties'] as Record<string, Schema> | undefined
  return properties?.['page'] === undefined ? undefined : (properties['data']?.['items'] as Schema)
}

function placeOf(document: OpenApi, path: string, verb: string, isPaged: boolean): string[] {
  const parts = path.split('/').slice(2)
  const depth = AREAS.has(parts[0] ?? '') ? 2 : 1
  const words = parts.slice(depth).filter((part) => !part.startsWith('{'))
  const target = camelCase(words.flatMap((word) => word.split('-')))
  const isCollection = document.paths[path]?.['get'] !== undefined
  return [
    ...parts.slice(0, depth).map((part) => camelCase(part.split('-'))),
    nameOf(verb, target, isPaged, isCollection, path),
  ]
}

function nameOf(verb: string, target: string, isPaged: boolean, isCollection: boolean, path: string): string {
  const of = target.charAt(0).toUpperCase() + target.slice(1)
  switch (verb) {
    case 'get':
      return `${isPaged ? 'list' : 'get'}${of}`
    case 'post':
      return target === '' || isCollection || path.endsWith('}') ? `create${of}` : target
    case 'patch':
      return `update${of}`
    case 'put':
      return `replace${of}`
    default:
      return `${verb}${of}`
  }
}

function camelCase(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
}
