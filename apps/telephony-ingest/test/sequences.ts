import { inbound, internal, outbound } from './call-events.ts'

const anna = { agent: 'anna', extension: '101' }
const boris = { agent: 'boris', extension: '102' }
const support = { queue: 'support' }
const annaLeg = { ...anna, legId: 'leg-anna' }
const borisLeg = { ...boris, legId: 'leg-boris' }

/** Calls of every shape, to be folded in any order. */
export const sequences = {
  direct: inbound([0, 'call.started'], [2, 'call.ringing'], [10, 'call.answered', anna], [70, 'call.ended']),
  missed: inbound([0, 'call.started'], [1, 'call.ringing', anna], [31, 'call.ended', { hangupCause: 'NO_ANSWER' }]),
  queued: inbound(
    [0, 'call.started'],
    [1, 'call.answered'],
    [5, 'queue.entered', support],
    [6, 'call.ringing', annaLeg],
    [21, 'call.ended', { legId: 'leg-anna', hangupCause: 'NO_ANSWER' }],
    [22, 'call.ringing', borisLeg],
    [35, 'agent.connected', { ...borisLeg, ...support }],
    [95, 'call.ended'],
    [110, 'agent.wrapup_ended', boris],
    [115, 'recording.available', { recordingUrl: 'https://pbx.example/r/1.wav' }],
  ),
  abandoned: inbound(
    [0, 'call.started'],
    [1, 'call.answered'],
    [3, 'queue.entered', support],
    [5, 'call.ringing', annaLeg],
    [20, 'queue.abandoned', support],
    [20, 'call.ended', { legId: 'leg-anna', hangupCause: 'ORIGINATOR_CANCEL' }],
    [20, 'call.ended', { hangupCause: 'NORMAL_CLEARING' }],
  ),
  ringGroup: inbound(
    [0, 'call.started', { legId: 'leg-caller' }],
    [1, 'call.ringing', annaLeg],
    [1, 'call.ringing', borisLeg],
    [8, 'call.answered', borisLeg],
    [8, 'call.ended', { legId: 'leg-anna', hangupCause: 'LOSE_RACE' }],
    [48, 'call.ended', { legId: 'leg-boris', hangupCause: 'NORMAL_CLEARING' }],
    [48, 'call.ended', { legId: 'leg-caller', hangupCause: 'NORMAL_CLEARING' }],
  ),
  held: inbound(
    [0, 'call.started'],
    [2, 'call.answered', anna],
    [10, 'call.held'],
    [25, 'call.resumed'],
    [40, 'call.held'],
    [60, 'call.ended'],
  ),
  blind: inbound(
    [0, 'call.started'],
    [1, 'call.ringing'],
    [5, 'call.answered', anna],
    [30, 'call.transferred', { ...anna, data: { kind: 'blind' } }],
    [31, 'call.ringing', borisLeg],
    [40, 'call.answered', borisLeg],
    [100, 'call.ended'],
  ),
  attended: inbound(
    [0, 'call.started', { legId: 'leg-caller' }],
    [5, 'call.answered', annaLeg],
    [20, 'call.held', { legId: 'leg-anna' }],
    [25, 'call.answered', borisLeg],
    [35, 'call.transferred', { ...annaLeg, data: { kind: 'attended' } }],
    [35, 'call.ended', { legId: 'leg-anna' }],
    [100, 'call.ended', { legId: 'leg-caller' }],
    [100.2, 'call.ended', { legId: 'leg-boris' }],
  ),
  sequenced: inbound(
    [0, 'call.started', { sequence: 1 }],
    [4, 'call.ringing', { sequence: 2 }],
    [2, 'call.answered', { sequence: 3, ...anna }],
    [40, 'call.ended', { sequence: 4 }],
    [1, 'queue.entered', support],
  ),
  busyOutbound: outbound(
    [0, 'call.started', anna],
    [3, 'call.busy'],
    [3.5, 'call.ended', { hangupCause: 'completed' }],
  ),
  internalHeld: internal(
    [0, 'call.started', anna],
    [1, 'call.ringing', borisLeg],
    [6, 'call.answered', borisLeg],
    [8, 'call.held', { legId: 'leg-boris' }],
    [9, 'call.resumed', { legId: 'leg-boris' }],
    [16, 'call.ended'],
  ),
  mailbox: inbound(
    [0, 'call.started'],
    [1, 'call.ringing', anna],
    [21, 'call.answered'],
    [21, 'call.voicemail', { data: { messageSeconds: 12 } }],
    [40, 'call.ended'],
  ),
  sameInstant: inbound([0, 'call.ringing'], [0, 'call.started'], [0, 'call.answered', anna], [0, 'call.ended']),
}
