import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { basic, isOutbound, iso, isTalk, json, type Message, type Voice } from './voice.ts'

/** The whole call with every event. */
export const hipcall: Voice = {
  provider: 'hipcall',
  kinds: ['answered', 'missed', 'called'],
  tellsSeconds: true,
  messages,
  headers: basic,
}

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, phone, extension } = call
  const [caller_number, callee_number] = isOutbound(call) ? [OWN_NUMBER, phone] : [phone, OWN_NUMBER]
  const direction = isOutbound(call) ? 'outbound' : 'inbound'
  const begun = { uuid: id, direction, caller_number, callee_number, started_at: iso(startedAt) }
  const talk = { answered_at: iso(decidedAt), bridged_at: iso(decidedAt), user_id: Number(extension) }
  const over = { ...(isTalk(call) ? talk : {}), ended_at: iso(endedAt), missing_call: !isTalk(call) }
  return [
    json(startedAt, { event: 'call_init', data: begun }),
    ...(isTalk(call) ? [json(decidedAt, { event: 'call_bridge', data: { ...begun, ...talk } })] : []),
    json(endedAt, { event: 'call_hangup', data: { ...begun, ...over } }),
  ]
}
