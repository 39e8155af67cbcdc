import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { type Connection, epoch, isOutbound, isTalk, json, type Message, nothing, type Voice } from './voice.ts'

export const aircall: Voice = {
  provider: 'aircall',
  kinds: ['answered', 'missed', 'called'],
  tellsSeconds: true,
  messages,
  headers: nothing,
}

function messages(call: ScriptedCall, { secret }: Connection): Message[] {
  const { id, startedAt, decidedAt, endedAt, phone, extension } = call
  const data = {
    id,
    direction: isOutbound(call) ? 'outbound' : 'inbound',
    raw_digits: phone,
    number: { digits: OWN_NUMBER },
    user: { id: Number(extension), email: `agent-${extension}@example.test` },
    started_at: epoch(startedAt),
  }
  const answered = isTalk(call) ? { answered_at: epoch(decidedAt) } : { missed_call_reason: 'no_available_agent' }
  const over = { ...answered, ended_at: epoch(endedAt) }
  const tell = (event: string, at: number, more: object = {}) =>
    json(at, {
      resource: 'call',
      event: `call.${event}`,
      timestamp: epoch(at),
      token: secret,
      data: { ...data, ...more },
    })
  return [
    tell('created', startedAt),
    tell('ringing_on_agent', startedAt + 1_000),
    ...(isTalk(call) ? [tell('answered', decidedAt, answered)] : []),
    tell('hungup', endedAt, over),
    tell('ended', endedAt + 30_000, over),
  ]
}
