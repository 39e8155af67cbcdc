import { createHash } from 'node:crypto'
import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { type Connection, hmac, isOutbound, iso, isTalk, json, type Message, seconds, type Voice } from './voice.ts'

export const vonage: Voice = {
  provider: 'vonage',
  kinds: ['answered', 'missed', 'called', 'busy'],
  tellsSeconds: true,
  messages,
  headers: (message, connection, nowMs) => ({ authorization: `Bearer ${token(message, connection, nowMs)}` }),
}

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, kind } = call
  const number = call.phone.replace('+', '')
  const own = OWN_NUMBER.replace('+', '')
  const leg =
    (uuid: string, direction: string, from: string, to: string) =>
    (status: string, at: number, more: object = {}) =>
      json(at, { uuid, conversation_uuid: `CON-${id}`, status, direction, from, to, timestamp: iso(at), ...more })
  const caller = leg(id, 'inbound', number, own)
  const rung = isOutbound(call)
    ? leg(id, 'outbound', own, number)
    : leg(`${id}-b`, 'outbound', number, `agent${call.extension}`)
  const over = { duration: String(seconds(call)), end_time: iso(endedAt) }
  const outcome =
    kind === 'busy' ? rung('busy', decidedAt) : isTalk(call) ? rung('answered', decidedAt) : rung('timeout', decidedAt)
  // The phone is rung once the caller has been greeted; its first two events bear one and the same time.
  const rungAt = startedAt + 200
  const phone = [rung('started', rungAt), rung('ringing', rungAt), outcome, rung('completed', endedAt, over)]
  if (isOutbound(call)) return phone
  const picked = [caller('started', startedAt), caller('ringing', startedAt), caller('answered', startedAt)]
  return [...picked, ...phone, caller('completed', endedAt, over)]
}

function token({ body }: Message, { secret }: Connection, nowMs: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const hash = createHash('sha256').update(body).digest('hex')
  const claims = { iss: 'Vonage', iat: Math.floor(nowMs / 1_000), jti: hash, payload_hash: hash }
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${content}.${hmac('sha256', secret, content, 'base64url')}`
}
