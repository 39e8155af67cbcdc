import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { type Connection, form, hmac, isOutbound, isTalk, type Message, seconds, type Voice } from './voice.ts'

export const plivo: Voice = {
  provider: 'plivo',
  kinds: ['answered', 'missed', 'called', 'busy'],
  tellsSeconds: true,
  messages,
  headers: sign,
}

const wall = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, phone, kind } = call
  const numbers = isOutbound(call) ? { From: OWN_NUMBER, To: phone } : { From: phone, To: OWN_NUMBER }
  const tell = (status: string, event: string, at: number, more: Record<string, string> = {}) =>
    form(at, {
      CallUUID: id,
      ...numbers,
      Direction: isOutbound(call) ? 'outbound' : 'inbound',
      CallStatus: status,
      Event: event,
      StartTime: wall(startedAt),
      ...more,
    })
  const answered = isTalk(call) ? { AnswerTime: wall(decidedAt) } : {}
  const over = { EndTime: wall(endedAt), Duration: String(seconds(call)), BillDuration: '300', ...answered }
  const status = kind === 'busy' ? 'busy' : isTalk(call) ? 'completed' : 'no-answer'
  return [
    tell('ringing', 'Ring', startedAt),
    ...(isTalk(call) ? [tell('in-progress', 'StartApp', decidedAt, answered)] : []),
    tell(status, 'Hangup', endedAt, over),
  ]
}

function sign({ body }: Message, { webhookUrl, secret }: Connection, nowMs: number): Record<string, string> {
  const nonce = String(nowMs)
  const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1))
  const content = `${webhookUrl}?${fields.map(([name, value]) => name + value).join('')}.${nonce}`
  return { 'x-plivo-signature-v3': hmac('sha256', secret, content, 'base64'), 'x-plivo-signature-v3-nonce': nonce }
}
