import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { type Connection, form, hmac, isOutbound, isTalk, type Message, seconds, type Voice } from './voice.ts'

/** The part of the address that must not be guessed is in `webhookUrl` already. Times are those of the connection's zone: UTC. */
export const zadarma: Voice = {
  provider: 'zadarma',
  kinds: ['answered', 'missed', 'called', 'busy'],
  tellsSeconds: false,
  messages,
  headers: (message, connection) => ({ signature: signature(message, connection) }),
}

const dispositions = {
  answered: 'answered',
  called: 'answered',
  missed: 'no answer',
  busy: 'busy',
  abandoned: 'cancel',
}

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, phone, extension, kind } = call
  const call_start = new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ')
  const base = { pbx_call_id: id, call_start }
  const over = { duration: String(seconds(call)), disposition: dispositions[kind], status_code: '16', is_recorded: '0' }
  if (isOutbound(call)) {
    const outgoing = { ...base, internal: extension, destination: phone, caller_id: OWN_NUMBER }
    return [
      form(startedAt, { event: 'NOTIFY_OUT_START', ...outgoing }),
      form(endedAt, { event: 'NOTIFY_OUT_END', ...outgoing, ...over }),
    ]
  }
  const incoming = { ...base, caller_id: phone, called_did: OWN_NUMBER }
  return [
    form(startedAt, { event: 'NOTIFY_START', ...incoming }),
    form(startedAt + 1_000, { event: 'NOTIFY_INTERNAL', ...incoming, internal: extension }),
    ...(isTalk(call)
      ? [
          form(decidedAt, {
            event: 'NOTIFY_ANSWER',
            ...base,
            caller_id: phone,
            destination: extension,
            internal: extension,
          }),
        ]
      : []),
    form(endedAt, { event: 'NOTIFY_END', ...incoming, internal: extension, ...over }),
  ]
}

function signature({ body }: Message, { secret }: Connection): string {
  const field = (name: string) => new URLSearchParams(body).get(name) ?? ''
  const names = namesOf(field('event'))
  return Buffer.from(hmac('sha1', secret, names.map(field).join(''), 'hex')).toString('base64')
}

function namesOf(event: string): string[] {
  if (event.startsWith('NOTIFY_OUT_')) return ['internal', 'destination', 'call_start']
  return event === 'NOTIFY_ANSWER'
    ? ['caller_id', 'destination', 'call_start']
    : ['caller_id', 'called_did', 'call_start']
}
