import { OWN_NUMBER, QUEUE, type ScriptedCall } from '../scripted-call.ts'
import { basic, epoch, isOutbound, isTalk, json, type Message, type Voice } from './voice.ts'

/** mod_json_cdr: a document for each leg, when it is over. */
export const freeswitch: Voice = {
  provider: 'freeswitch',
  kinds: ['answered', 'missed', 'abandoned', 'called', 'busy'],
  tellsSeconds: true,
  messages,
  headers: basic,
}

const causes = {
  answered: 'NORMAL_CLEARING',
  called: 'NORMAL_CLEARING',
  missed: 'NO_ANSWER',
  abandoned: 'ORIGINATOR_CANCEL',
  busy: 'USER_BUSY',
}

function messages(call: ScriptedCall): Message[] {
  const rung = { originating_leg_uuid: call.id, call_uuid: call.id, dialed_user: call.extension }
  const legs = [document(call, call.id, 'inbound', queueVariables(call))]
  const hasPhone = !isOutbound(call) && call.kind !== 'abandoned'
  return hasPhone ? [document(call, `${call.id}-b`, 'outbound', rung), ...legs] : legs
}

function queueVariables({ kind, startedAt, decidedAt }: ScriptedCall): Record<string, string> {
  if (kind !== 'abandoned') return {}
  return {
    cc_side: 'member',
    cc_queue: QUEUE,
    cc_queue_joined_epoch: String(epoch(startedAt)),
    cc_cause: 'cancel',
    cc_cancel_reason: 'BREAK_OUT',
    cc_queue_canceled_epoch: String(epoch(decidedAt)),
  }
}

function document(call: ScriptedCall, uuid: string, direction: string, more: Record<string, string>): Message {
  const { kind, startedAt, decidedAt, endedAt, phone, extension } = call
  const [caller, dialled] = isOutbound(call)
    ? [extension, phone]
    : [phone, direction === 'outbound' ? extension : OWN_NUMBER]
  const answeredAt = isTalk(call) ? decidedAt : 0
  const times = { start: startedAt, answer: answeredAt, bridge: answeredAt, end: endedAt }
  const epochs = Object.entries(times).flatMap(([name, ms]) => [
    [`${name}_uepoch`, String(ms * 1_000)],
    [`${name}_epoch`, String(epoch(ms))],
  ])
  return json(endedAt, {
    'core-uuid': 'simulated',
    channel_data: { state: 'CS_REPORTING', direction },
    variables: {
      uuid,
      direction,
      sip_from_user: encodeURIComponent(caller),
      hangup_cause: causes[kind],
      ...Object.fromEntries(epochs),
      ...more,
    },
    callflow: [{ caller_profile: { uuid, caller_id_number: caller, destination_number: dialled }, times: {} }],
  })
}
