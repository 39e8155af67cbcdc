import { OWN_NUMBER, QUEUE, type ScriptedCall } from '../scripted-call.ts'
import { type Connection, hmac, isOutbound, iso, isTalk, json, type Message, type Voice } from './voice.ts'

export const generic: Voice = {
  provider: 'generic',
  kinds: ['answered', 'missed', 'abandoned', 'called', 'busy'],
  tellsSeconds: true,
  messages: (call) =>
    steps(call).map(([type, at, more], index) => json(at, { events: [event(call, type, at, index, more)] })),
  headers: sign,
}

type Step = readonly [type: string, at: number, more?: object]

function steps(call: ScriptedCall): Step[] {
  const { kind, startedAt, decidedAt, endedAt } = call
  const agent = { agent: `agent-${call.extension}`, extension: call.extension }
  if (kind === 'abandoned') {
    return [
      ['call.started', startedAt],
      ['queue.entered', startedAt, { queue: QUEUE }],
      ['queue.abandoned', decidedAt, { queue: QUEUE }],
      ['call.ended', endedAt],
    ]
  }
  return [
    ['call.started', startedAt],
    ['call.ringing', startedAt + 1_000, agent],
    ...(isTalk(call) ? [['call.answered', decidedAt, agent] as const] : []),
    ...(kind === 'busy' ? [['call.busy', decidedAt] as const] : []),
    ['call.ended', endedAt, { hangupCause: isTalk(call) ? 'NORMAL_CLEARING' : 'NO_ANSWER' }],
  ]
}

function event(call: ScriptedCall, type: string, at: number, index: number, more: object = {}) {
  const [from, to] = isOutbound(call) ? [OWN_NUMBER, call.phone] : [call.phone, OWN_NUMBER]
  const direction = isOutbound(call) ? 'OUTBOUND' : 'INBOUND'
  return { eventId: `${call.id}:${index}`, callId: call.id, type, occurredAt: iso(at), direction, from, to, ...more }
}

function sign({ body }: Message, { secret }: Connection, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1_000))
  const id = `msg_${timestamp}`
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = `v1,${hmac('sha256', key, `${id}.${timestamp}.${body}`, 'base64')}`
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
}
