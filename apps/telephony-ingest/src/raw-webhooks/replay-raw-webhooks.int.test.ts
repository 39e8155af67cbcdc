import { type makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { cdr } from '../../test/freeswitch-cdr.ts'
import { connect, countRows, startApp, type TestApp, type TestConnection } from '../../test/start-app.ts'
import type { NormalisedEvent, Provider } from '../providers/provider.ts'
import { providers } from '../providers/providers.ts'
import { replayRawWebhooks } from './replay-raw-webhooks.ts'

type Actor = ReturnType<typeof makeActor>
const { freeswitch } = providers
const answered = cdr({ uuid: 'leg-1', times: { start: 0, progress: 1, answer: 5, bridge: 5, end: 65 } })
const nothing = { added: 0, changed: 0, voided: 0, unreadable: 0 }

/** The adapter as a later version might have it. */
function corrected(correct: (event: NormalisedEvent) => NormalisedEvent[]): Provider {
  return {
    ...freeswitch,
    parse: (request, settings) => {
      const { events, unparsed } = freeswitch.parse(request, settings)
      return { events: events.flatMap(correct), unparsed }
    },
  }
}

/** Answers five seconds later, does not ring, and was on hold at the end. */
const better = corrected((event) => {
  if (event.type === 'call.ringing') return []
  if (event.type !== 'call.answered' && event.type !== 'call.bridged') return [event]
  const later = { ...event, occurredAt: event.occurredAt + 5_000 }
  const held = {
    ...event,
    eventKey: `${event.eventKey}-held`,
    type: 'call.held' as const,
    occurredAt: event.occurredAt + 50_000,
  }
  return [later, held]
})

async function replay(app: TestApp, { id }: TestConnection, provider: Provider, isDryRun = false) {
  const { database, connections, agents } = app.dependencies
  const connection = await connections.find(id)
  if (connection === undefined) throw new Error('The connection is gone')
  const from = new Date(Date.now() - 3_600_000)
  const to = new Date(Date.now() + 3_600_000)
  const usersOf = await agents.load([connection.companyId])
  const { signal } = new AbortController()
  return replayRawWebhooks({ database, connection, provider, usersOf, from, to, isDryRun, signal })
}

async function onlyCall(app: TestApp, actor: Actor) {
  const { body } = await app.call(actor, '/v1/telephony/calls')
  expect(body.data).toHaveLength(1)
  const { version: _version, updatedAt: _updatedAt, ...call } = body.data[0]
  return call
}

test('what was sent is read again: counted first, then corrected, once; and back again', async ({ db, actor }) => {
  const app = startApp(db)
  const connection = await connect(app, actor)
  const send = () => app.webhook(`${connection.path}/${connection.secret}`, answered)
  await send()
  await send()
  const before = await onlyCall(app, actor)
  const rows = await countRows(app, actor)
  expect(await replay(app, connection, freeswitch)).toStrictEqual({ requests: 1, ...nothing })

  const counted = await replay(app, connection, better, true)
  expect(counted).toMatchObject({ requests: 1, unreadable: 0 })
  expect(counted.added).toBeGreaterThan(0)
  expect(counted.changed).toBeGreaterThan(0)
  expect(await onlyCall(app, actor)).toStrictEqual(before)
  expect(await countRows(app, actor)).toStrictEqual(rows)

  expect(await replay(app, connection, better)).toStrictEqual(counted)
  const after = await onlyCall(app, actor)
  expect(after).toMatchObject({ status: 'COMPLETED', talkSeconds: before.talkSeconds - 15, holdSeconds: 10 })
  expect(await replay(app, connection, better)).toStrictEqual({ requests: 1, ...nothing })
  const detail = await app.call(actor, `/v1/telephony/calls/${after.id}`)
  const keys = detail.body.events.map(({ eventId }: { eventId: string }) => eventId)
  expect(new Set(keys).size).toBe(keys.length)
  expect(detail.body.events.map(({ type }: { type: string }) => type)).not.toContain('call.ringing')

  await send()
  expect(await onlyCall(app, actor)).toStrictEqual(after)
  await replay(app, connection, freeswitch)
  expect(await onlyCall(app, actor)).toStrictEqual(before)
  expect(await replay(app, connection, freeswitch)).toStrictEqual({ requests: 1, ...nothing })
})

test('an event that belongs to another identity takes its call along', async ({ db, actor }) => {
  const app = startApp(db)
  const connection = await connect(app, actor)
  await app.webhook(`${connection.path}/${connection.secret}`, answered)
  const before = await onlyCall(app, actor)
  const renamed = corrected((event) => [{ ...event, callKey: `new-${event.callKey}` }])
  expect(await replay(app, connection, renamed)).toMatchObject({ added: 0 })
  expect(await onlyCall(app, actor)).toStrictEqual({ ...before, externalId: `new-${before.externalId}` })
  expect(await replay(app, connection, renamed)).toStrictEqual({ requests: 1, ...nothing })
})

test('what nobody understands any more stays as it is', async ({ db, actor }) => {
  const app = startApp(db)
  const connection = await connect(app, actor)
  await app.webhook(`${connection.path}/${connection.secret}`, answered)
  const before = await onlyCall(app, actor)
  const broken: Provider = {
    ...freeswitch,
    parse: () => ({ events: [], unparsed: [{ index: null, code: 'broken', message: 'broken', raw: '' }] }),
  }
  expect(await replay(app, connection, broken)).toStrictEqual({ requests: 1, ...nothing, unreadable: 1 })
  expect(await onlyCall(app, actor)).toStrictEqual(before)
})
