import { expect, test } from 'vitest'
import { credentials, webhook } from '../../test/webhook.ts'
import { foldCall } from '../calls/fold-call.ts'
import { dial9 } from './dial9.ts'
import { hipcall } from './hipcall.ts'
import { defaultSettings, type NormalisedEvent, type Provider } from './provider.ts'

const at = (iso: string) => Date.parse(iso)

function eventsOf(provider: Provider, bodies: readonly unknown[]): NormalisedEvent[] {
  return bodies.flatMap((body) => {
    const parsed = provider.parse(webhook(JSON.stringify(body)), defaultSettings)
    expect(parsed.unparsed).toStrictEqual([])
    return parsed.events
  })
}

test('Dial 9: begun, over; parties are numbers or references; the token in the body', () => {
  const notice = (payload: object, seconds: number) => ({
    payload: { call_id: 'c1', ...payload },
    timestamp: at('2026-03-02T09:00:00Z') / 1_000 + seconds,
    auth_token: 's3cret',
  })
  const begun = notice({ event: 'IncomingCall', source: '+995599000001', destination: '0322000002' }, 0)
  const over = {
    event: 'CallProcessed',
    call_type: 'incoming',
    source: '+995599000001',
    destination: { type: 'extension', id: 7048 },
  }
  expect(foldCall(eventsOf(dial9, [begun]))).toMatchObject({ status: 'RINGING', from: '+995599000001' })
  const answered = notice({ ...over, call_duration: 30, call_status: 'answered' }, 40)
  for (const bodies of [
    [begun, answered],
    [answered, begun],
  ]) {
    expect(foldCall(eventsOf(dial9, bodies))).toMatchObject({
      status: 'COMPLETED',
      agent: '7048',
      startedAt: at('2026-03-02T09:00:00Z'),
      talkSeconds: 30,
      durationSeconds: 40,
      flags: [],
    })
  }
  const missed = notice({ ...over, call_duration: 0, call_status: 'no-answer' }, 25)
  expect(foldCall(eventsOf(dial9, [begun, missed]))).toMatchObject({ status: 'MISSED', durationSeconds: 25 })
  const request = webhook(JSON.stringify(begun))
  expect(dial9.verify(request, credentials()).ok).toBe(true)
  expect(dial9.verify(request, credentials({ secrets: ['other'] })).ok).toBe(false)
})

test('Hipcall: the whole call with every event, each of its times once', () => {
  const snapshot = (event: string, more: object = {}) => ({
    event,
    data: {
      uuid: 'u1',
      direction: 'inbound',
      caller_number: '+902582440032',
      callee_number: '+4440333',
      started_at: '2026-03-02T09:00:00Z',
      ...more,
    },
  })
  const picked = { answered_at: '2026-03-02T09:00:02Z', bridged_at: '2026-03-02T09:00:10Z', user_id: 12 }
  const over = {
    ...picked,
    ended_at: '2026-03-02T09:01:10Z',
    missing_call: false,
    record_url: 'https://h.example/1.mp3',
  }
  const bodies = [snapshot('call_init'), snapshot('call_bridge', picked), snapshot('call_hangup', over)]
  const whole = foldCall(eventsOf(hipcall, bodies))
  expect(whole).toMatchObject({
    status: 'COMPLETED',
    agent: '12',
    talkSeconds: 60,
    hasRecording: true,
    hasFinalRecord: true,
  })
  expect(foldCall(eventsOf(hipcall, bodies.slice(2)))).toStrictEqual(whole)
  const missed = snapshot('call_hangup', { ended_at: '2026-03-02T09:00:30Z', missing_call: true })
  expect(foldCall(eventsOf(hipcall, [missed]))).toMatchObject({ status: 'MISSED' })
})
