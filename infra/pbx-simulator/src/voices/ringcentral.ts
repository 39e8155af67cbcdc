import { OWN_NUMBER, type ScriptedCall } from '../scripted-call.ts'
import { basic, isOutbound, iso, isTalk, json, type Message, type Voice } from './voice.ts'

/** Telephony sessions: the party of the company's extension, numbered within the session. */
export const ringcentral: Voice = {
  provider: 'ringcentral',
  kinds: ['answered', 'missed', 'called'],
  tellsSeconds: true,
  messages,
  headers: basic,
}

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, phone, extension } = call
  const [from, to] = isOutbound(call) ? [OWN_NUMBER, phone] : [phone, OWN_NUMBER]
  const tell = (sequence: number, code: string, at: number, reason?: string) =>
    json(at, {
      uuid: `${id}-${sequence}`,
      event: '/restapi/v1.0/account/1/telephony/sessions',
      body: {
        telephonySessionId: `s-${id}`,
        sequence,
        eventTime: iso(at),
        parties: [
          {
            id: `p-${id}-1`,
            extensionId: `40${extension}`,
            direction: isOutbound(call) ? 'Outbound' : 'Inbound',
            from: { phoneNumber: from },
            to: { phoneNumber: to },
            status: { code, ...(reason === undefined ? {} : { reason }) },
          },
        ],
      },
    })
  return [
    tell(1, 'Setup', startedAt),
    tell(2, 'Proceeding', startedAt + 1_000),
    ...(isTalk(call) ? [tell(3, 'Answered', decidedAt)] : []),
    tell(4, 'Disconnected', endedAt, isTalk(call) ? undefined : 'NoAnswer'),
  ]
}
