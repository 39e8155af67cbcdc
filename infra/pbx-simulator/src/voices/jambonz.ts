import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { type Connection, hmac, isOutbound, isTalk, json, type Message, seconds, type Voice } from './voice.ts'

/** Status hooks without a time: what counts is the moment of arrival. */
export const jambonz: Voice = {
  provider: 'jambonz',
  kinds: ['answered', 'missed', 'called', 'busy'],
  tellsSeconds: false,
  messages,
  headers: sign,
}

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, phone, kind } = call
  const out = isOutbound(call)
  const own = {
    call_sid: id,
    direction: out ? 'outbound' : 'inbound',
    from: out ? OWN_NUMBER : phone,
    to: out ? phone : OWN_NUMBER,
  }
  const rung = { call_sid: `${id}-b`, parent_call_sid: id, direction: 'outbound', from: phone, to: call.extension }
  const tell = (leg: object, call_status: string, at: number, more: object = {}) =>
    json(at, { ...leg, call_status, sip_status: at === endedAt ? 200 : 100, ...more })
  const over = { duration: seconds(call) }
  const status = kind === 'busy' ? 'busy' : isTalk(call) ? 'completed' : 'no-answer'
  const leg = out ? own : rung
  const phoneLeg = [
    tell(leg, 'trying', startedAt),
    tell(leg, 'ringing', startedAt + 1_000),
    ...(isTalk(call) ? [tell(leg, 'in-progress', decidedAt)] : []),
    tell(leg, status, endedAt, isTalk(call) ? over : {}),
  ]
  if (out) return phoneLeg
  const end = tell(own, 'completed', endedAt, { duration: seconds({ decidedAt: startedAt, endedAt }) })
  return [tell(own, 'trying', startedAt), tell(own, 'in-progress', startedAt), ...phoneLeg, end]
}

function sign({ body }: Message, { secret }: Connection, nowMs: number): Record<string, string> {
  const t = Math.floor(nowMs / 1_000)
  return { 'jambonz-signature': `t=${t},v1=${hmac('sha256', secret, `${t}.${body}`, 'hex')}` }
}
