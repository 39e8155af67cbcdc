import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import {
  type Connection,
  epoch,
  isOutbound,
  isTalk,
  json,
  type Message,
  nothing,
  seconds,
  type Voice,
} from './voice.ts'

export const dial9: Voice = {
  provider: 'dial9',
  kinds: ['answered', 'missed', 'called'],
  tellsSeconds: true,
  messages,
  headers: nothing,
}

function messages(call: ScriptedCall, { secret }: Connection): Message[] {
  const { id, startedAt, endedAt, phone } = call
  const out = isOutbound(call)
  const parties = { source: out ? OWN_NUMBER : phone, destination: out ? phone : { type: 'extension', id: 7048 } }
  const tell = (at: number, event: string, more: object) =>
    json(at, { payload: { event, call_id: id, ...parties, ...more }, timestamp: epoch(at), auth_token: secret })
  return [
    tell(startedAt, out ? 'OutgoingCall' : 'IncomingCall', {}),
    tell(endedAt, 'CallProcessed', {
      call_type: out ? 'outgoing' : 'incoming',
      call_duration: seconds(call),
      call_status: isTalk(call) ? 'answered' : 'no-answer',
    }),
  ]
}
