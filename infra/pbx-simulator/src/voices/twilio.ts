import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { type Connection, epoch, form, hmac, isOutbound, isTalk, type Message, seconds, type Voice } from './voice.ts'

export const twilio: Voice = {
  provider: 'twilio',
  kinds: ['answered', 'missed', 'called', 'busy'],
  tellsSeconds: true,
  messages: (call) => (isOutbound(call) ? outgoing(call) : incoming(call)),
  headers: (message, connection) => ({ 'x-twilio-signature': signature(message, connection) }),
}

export const signalwire: Voice = {
  ...twilio,
  provider: 'signalwire',
  headers: (message, connection) => ({ 'x-signalwire-signature': signature(message, connection) }),
}

type Tell = (status: string, at: number, sequence: number, more?: Record<string, string>) => Message

/** Callbacks of one leg, counted from 0. */
function leg(fields: Record<string, string>): Tell {
  return (status, at, sequence, more = {}) =>
    form(at, {
      ...fields,
      CallStatus: status,
      SequenceNumber: String(sequence),
      CallbackSource: 'call-progress-events',
      Timestamp: new Date(at).toUTCString().replace('GMT', '+0000'),
      ...more,
    })
}

const sidOf = ({ id }: ScriptedCall) => `CA${id.replaceAll('-', '')}`

function outgoing(call: ScriptedCall): Message[] {
  const { startedAt, decidedAt, endedAt, phone, kind } = call
  const own = leg({ CallSid: sidOf(call), From: OWN_NUMBER, To: phone, Direction: 'outbound-api' })
  const begun = [own('initiated', startedAt, 0), own('ringing', startedAt + 1_000, 1)]
  if (kind === 'busy') return [...begun, own('busy', endedAt, 2)]
  const end = own('completed', endedAt, 3, { CallDuration: String(seconds(call)) })
  return [...begun, own('in-progress', decidedAt, 2), end]
}

/** Picked up by Twilio itself, which dials the agent: whether somebody spoke, that leg tells. */
function incoming(call: ScriptedCall): Message[] {
  const { startedAt, decidedAt, endedAt, phone, extension } = call
  const sid = sidOf(call)
  const own = leg({ CallSid: sid, From: phone, To: OWN_NUMBER, Direction: 'inbound' })
  const to = `client:agent-${extension}`
  const rung = leg({ CallSid: `${sid}-b`, ParentCallSid: sid, From: phone, To: to, Direction: 'outbound-dial' })
  const talked = { CallDuration: String(seconds(call)) }
  const outcome = isTalk(call)
    ? [rung('in-progress', decidedAt, 1), rung('completed', endedAt, 2, talked)]
    : [rung('no-answer', decidedAt, 1)]
  return [
    own('ringing', startedAt, 0),
    own('in-progress', startedAt, 1),
    rung('ringing', startedAt + 1_000, 0),
    ...outcome,
    own('completed', endedAt, 2, { CallDuration: String(epoch(endedAt - startedAt)) }),
  ]
}

function signature({ body }: Message, { webhookUrl, secret }: Connection): string {
  const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1))
  return hmac('sha1', secret, webhookUrl + fields.map(([name, value]) => name + value).join(''), 'base64')
}
