import { type EventSpec, envelope, sampleOf } from '@dealwire/contracts'
import { pascalCase, schemaNames } from './contract-names.ts'
import { exampleOf } from './examples.ts'
import { openSchemaBook, type SchemaBook } from './json-schemas.ts'
import type { JsonObject } from './tidy-schema.ts'

/** What the NATS binding of AsyncAPI cannot say. */
const jetStream = {
  stream: 'CRM',
  subjects: ['crm.>'],
  storage: 'file',
  retention: 'limits',
  discard: 'new',
  maxAge: 'P7D',
  duplicateWindow: 'PT2M',
  deduplication: 'The header Nats-Msg-Id is the id of the event.',
  ordering: 'Of one entity by `aggregateversion`, of one service by `sequence`.',
  delivery: 'At least once: consumers keep the ids they have handled.',
  deadLetterSubjects: ['dlq.>'],
}

const description = `
Every change of a company's data is an event: CloudEvents 1.0 in JSON mode, on the subject \`crm.<service>.<entity>.<event>.<companyId>\`. \`crm.deals.>\` is one service, \`crm.*.*.*.<companyId>\` one company.

An event is appended in the transaction of the change it tells, so either both exist or neither. Fields are only added; a new meaning is a new type with the suffix \`.v2\`, and both are published until consumers have moved. Ignore members you do not know. Data carries no passwords and no tokens.
`.trim()

/** The AsyncAPI 3 document of these events, made from the schemas that the producers are checked with. */
export function asyncApiDocument(events: readonly EventSpec[], natsHost: string): JsonObject {
  const book = openSchemaBook(schemaNames())
  const named = events.map((event) => ({ event, name: nameOf(event.type) }))
  const messages = Object.fromEntries(named.map(({ event, name }) => [name, message(event, name, book)]))
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Dealwire events',
      version: '1.0.0',
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      nats: { host: natsHost, protocol: 'nats', description: 'NATS with JetStream.', 'x-jetstream': jetStream },
    },
    channels: Object.fromEntries(named.map(({ event, name }) => [name, channel(event, name)])),
    operations: Object.fromEntries(
      named.map(({ event, name }) => [`publish${pascalCase(name)}`, publication(event, name)]),
    ),
    components: {
      messages,
      parameters: { companyId: { description: 'The company whose data changed.' } },
      schemas: book.reachableFrom(messages),
    },
  }
}

/** `crm.deals.deal.stage-changed` → `dealsDealStageChanged`. */
function nameOf(type: string): string {
  return type
    .replace(/^crm\./, '')
    .split(/[.-]/)
    .map((word, index) => (index === 0 ? word : pascalCase(word)))
    .join('')
}

function channel({ type, summary }: EventSpec, name: string): JsonObject {
  return {
    address: `${type}.{companyId}`,
    title: type,
    description: summary,
    messages: { [name]: { $ref: `#/components/messages/${name}` } },
    parameters: { companyId: { $ref: '#/components/parameters/companyId' } },
    servers: [{ $ref: '#/servers/nats' }],
    'x-jetstream': { stream: jetStream.stream },
  }
}

function publication({ type, summary }: EventSpec, name: string): JsonObject {
  return {
    action: 'send',
    title: type,
    summary,
    channel: { $ref: `#/channels/${name}` },
    messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
  }
}

function message({ type, summary, data }: EventSpec, name: string, book: SchemaBook): JsonObject {
  const source = `/${type.split('.')[1]}`
  const frame = book.ref(envelope, 'output', 'Envelope')
  const payload = book.ref(data, 'output', `${pascalCase(name)}Data`)
  return {
    name: type,
    title: type,
    summary,
    contentType: 'application/json',
    headers: {
      type: 'object',
      properties: { 'Nats-Msg-Id': { type: 'string', description: 'The id of the event, for deduplication.' } },
      required: ['Nats-Msg-Id'],
    },
    payload: {
      allOf: [
        frame,
        {
          type: 'object',
          properties: { type: { const: type }, source: { const: source }, data: payload },
          required: ['data'],
        },
      ],
    },
    examples: [
      {
        name: 'example',
        payload: {
          ...(sampleOf(envelope, 'output') as object),
          type,
          source,
          data: exampleOf(data, 'output'),
        },
      },
    ],
  }
}
