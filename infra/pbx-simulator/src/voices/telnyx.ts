import { generateKeyPairSync, sign } from 'node:crypto'
import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { isOutbound, iso, isTalk, json, type Message, type Voice } from './voice.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const KEY_BYTES = 32

export const telnyx: Voice = {
  provider: 'telnyx',
  kinds: ['answered', 'missed', 'called', 'busy'],
  tellsSeconds: true,
  secret: publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES).toString('base64'),
  messages,
  headers({ body }, _connection, nowMs) {
    const timestamp = String(Math.floor(nowMs / 1_000))
    const signature = sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString('base64')
    return { 'telnyx-timestamp': timestamp, 'telnyx-signature-ed25519': signature }
  },
}

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, phone, kind } = call
  const out = isOutbound(call)
  const leg =
    (legId: string, direction: string, from: string, to: string) =>
    (event: string, at: number, more: object = {}) =>
      json(at, {
        data: {
          record_type: 'event',
          event_type: event,
          id: `${legId}:${event}`,
          occurred_at: iso(at),
          payload: { call_session_id: id, call_leg_id: legId, direction, from, to, ...more },
        },
        meta: { attempt: 1 },
      })
  const own = out ? leg(id, 'outgoing', OWN_NUMBER, phone) : leg(id, 'incoming', phone, OWN_NUMBER)
  const cause = kind === 'busy' ? 'user_busy' : isTalk(call) ? 'normal_clearing' : 'originator_cancel'
  return [
    own('call.initiated', startedAt),
    ...(isTalk(call) ? [own('call.answered', decidedAt), own('call.bridged', decidedAt)] : []),
    own('call.hangup', endedAt, { hangup_cause: cause }),
  ]
}
