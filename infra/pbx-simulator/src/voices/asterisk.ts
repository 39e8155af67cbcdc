import { OWN_NUMBER, QUEUE, type ScriptedCall } from '../scripted-call.ts'
import { basic, isOutbound, isTalk, json, type Message, type Voice } from './voice.ts'

/** The manager interface by way of a bridge: every event in a post of its own. */
export const asterisk: Voice = {
  provider: 'asterisk',
  kinds: ['answered', 'missed', 'abandoned', 'called', 'busy'],
  tellsSeconds: true,
  messages,
  headers: basic,
}

function messages(call: ScriptedCall): Message[] {
  const { id, startedAt, decidedAt, endedAt, extension, phone, kind } = call
  const [from, to] = isOutbound(call) ? [extension, phone] : [phone, OWN_NUMBER]
  const caller = { Uniqueid: id, Linkedid: id, Channel: `PJSIP/a-${id}`, CallerIDNum: from }
  const rung = {
    Uniqueid: `${id}.2`,
    Linkedid: id,
    Channel: `PJSIP/b-${id}`,
    CallerIDNum: isOutbound(call) ? phone : extension,
  }
  const tell = (at: number, Event: string, channel: object, more: object = {}) =>
    json(at, [{ Event, Timestamp: (at / 1_000).toFixed(6), ...channel, ...more }])
  const bridge = { BridgeTechnology: 'simple_bridge' }
  const cause = kind === 'busy' ? '17' : isTalk(call) ? '16' : '19'
  const begin = tell(startedAt, 'Newchannel', caller, { Exten: to })
  if (kind === 'abandoned') {
    return [
      begin,
      tell(startedAt, 'QueueCallerJoin', caller, { Queue: QUEUE }),
      tell(decidedAt, 'QueueCallerAbandon', caller, { Queue: QUEUE }),
      tell(endedAt, 'Hangup', caller, { Cause: '16' }),
    ]
  }
  return [
    begin,
    tell(startedAt + 1_000, 'Newchannel', rung),
    ...(isTalk(call)
      ? [tell(decidedAt, 'BridgeEnter', rung, bridge), tell(decidedAt, 'BridgeEnter', caller, bridge)]
      : []),
    tell(endedAt, 'Hangup', rung, { Cause: cause }),
    tell(endedAt, 'Hangup', caller, { Cause: cause }),
  ]
}
