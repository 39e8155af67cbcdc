import { randomUUID } from 'node:crypto'
import { defineEvent } from '@dealwire/contracts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { handlerTable, on } from './handlers.ts'
import { parseMessage } from './parse-message.ts'

const moved = defineEvent(
  'crm.deals.deal.moved',
  'A deal moved',
  z.object({ to: z.string(), note: z.string().optional() }),
)
const handler = on(moved, async () => undefined)
const table = handlerTable([handler])

function message(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    specversion: '1.0',
    id: randomUUID(),
    source: '/deals',
    type: moved.type,
    subject: 'd1',
    time: '2026-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: 'urn:dealwire:event:crm.deals.deal.moved',
    companyid: randomUUID(),
    correlationid: 'r1',
    sequence: 1,
    aggregateversion: 1,
    data: { to: 'won' },
    ...changes,
  })
}

test('an event is read by its contract; members of the future are dropped', () => {
  const parsed = parseMessage(table, message({ newattribute: 1, data: { to: 'won', added: true } }))
  expect(parsed).toMatchObject({ kind: 'event', event: { type: moved.type, data: { to: 'won' } } })
  expect(parsed.kind === 'event' && parsed.event.data).toEqual({ to: 'won' })
})

test('a type without a handler is foreign, whatever its data', () => {
  expect(parseMessage(table, message({ type: 'crm.deals.deal.other', data: { anything: 1 } })).kind).toBe('foreign')
})

test.each([
  ['no JSON', 'x'],
  ['another shape', '{}'],
  ['data that breaks the contract', message({ data: { to: 1 } })],
  ['a company that is none', message({ companyid: 'acme' })],
])('%s is broken', (_what, text) => {
  expect(parseMessage(table, text).kind).toBe('broken')
})

test('two handlers of one type are refused', () => {
  expect(() => handlerTable([handler, on(moved, async () => undefined)])).toThrow(
    "Two handlers of one consumer are for 'crm.deals.deal.moved'",
  )
})
