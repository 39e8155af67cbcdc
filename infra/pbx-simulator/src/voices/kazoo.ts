import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { basic, epoch, isTalk, json, type Message, type Voice } from './voice.ts'

const GREGORIAN_SECONDS = 62_167_219_200

/** Channel webhooks, whose samples are arrays of one. */
export const kazoo: Voice = {
  provider: 'kazoo',
  kinds: ['answered', 'missed'],
  tellsSeconds: true,
  messages,
  headers: basic,
}

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, phone, extension } = call
  const tell = (hook: string, at: number, leg: object, more: object = {}) =>
    json(at, [{ hook_event: hook, timestamp: String(epoch(at) + GREGORIAN_SECONDS), ...leg, ...more }])
  const caller = { call_id: id, call_direction: 'inbound', from: `${phone}@pbx`, to: `${OWN_NUMBER}@pbx` }
  const rung = {
    call_id: `${id}-b`,
    other_leg_call_id: id,
    call_direction: 'outbound',
    from: `${phone}@pbx`,
    to: `${extension}@pbx`,
    owner_id: `owner-${extension}`,
  }
  const cause = { hangup_cause: isTalk(call) ? 'NORMAL_CLEARING' : 'NO_ANSWER' }
  const talk = [
    tell('channel_answer', decidedAt, rung),
    tell('channel_answer', decidedAt, caller),
    tell('channel_bridge', decidedAt, caller, { other_leg_call_id: `${id}-b` }),
  ]
  return [
    tell('channel_create', startedAt, caller),
    tell('channel_create', startedAt + 1_000, rung),
    ...(isTalk(call) ? talk : []),
    tell('channel_destroy', endedAt, rung, cause),
    tell('channel_destroy', endedAt, caller, cause),
  ]
}
