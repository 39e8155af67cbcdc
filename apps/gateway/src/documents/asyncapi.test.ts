import { Parser } from '@asyncapi/parser'
import { allEvents } from '@dealwire/contracts'
import { expect, test } from 'vitest'
import { asyncApiDocument } from './asyncapi.ts'

const text = JSON.stringify(asyncApiDocument(allEvents, 'localhost:4222'))

test('the document is AsyncAPI 3, its examples included', async () => {
  const { document, diagnostics } = await new Parser().parse(text)
  // Newer minor versions of the format are told as information, which is no fault of this document.
  const faults = diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version')
  expect(faults.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([])
  expect(document?.channels().all()).toHaveLength(allEvents.length)
})

test('every event has its subject and says which stream it is on', () => {
  const { channels, servers } = JSON.parse(text) as {
    channels: Record<string, { address: string; 'x-jetstream': unknown }>
    servers: { nats: { 'x-jetstream': unknown } }
  }
  expect(Object.values(channels).map(({ address }) => address)).toEqual(
    allEvents.map(({ type }) => `${type}.{companyId}`),
  )
  expect(servers.nats['x-jetstream']).toMatchObject({
    stream: 'CRM',
    subjects: ['crm.>'],
    discard: 'new',
    maxAge: 'P7D',
  })
})
