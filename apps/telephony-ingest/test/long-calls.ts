import type { StoredCallEvent } from '../src/calls/stored-call-event.ts'
import { inbound, type Line } from './call-events.ts'

/** Calls of `pairs` × 2 events and two more, of shapes that leave much open at a time. */
export const longCalls: Readonly<Record<string, (pairs: number) => StoredCallEvent[]>> = {
  'held and answered in turns': (pairs) =>
    call(pairs, (i) => [
      [i * 2, 'call.held', { legId: i % 2 === 0 ? null : `leg-${i}` }],
      [i * 2 + 1, 'call.answered', agentOn(i)],
    ]),
  'every phone rings, then every phone hangs up': (pairs) =>
    call(pairs, (i) => [
      [i, 'call.ringing', agentOn(i)],
      [pairs + i, 'call.ended', { legId: `leg-${i}` }],
    ]),
  'everybody is on the line, then hands over': (pairs) =>
    call(pairs, (i) => [
      [i, 'call.answered', agentOn(i)],
      [pairs + i, 'call.transferred', { ...agentOn(i), data: { kind: 'attended' } }],
    ]),
  'every leg is held, then resumed': (pairs) =>
    call(pairs, (i) => [
      [i, 'call.held', { legId: `leg-${i}` }],
      [pairs + i, 'call.resumed', { legId: `leg-${i}` }],
    ]),
  'one agent, with wrap-up after every answer': (pairs) =>
    call(pairs, (i) => [
      [i * 2, 'call.answered', { legId: `leg-${i}`, agent: 'anna' }],
      [i * 2 + 1, 'agent.wrapup_ended', { agent: 'anna' }],
    ]),
}

const agentOn = (i: number) => ({ legId: `leg-${i}`, agent: `agent-${i % 50}` })

function call(pairs: number, linesOf: (i: number) => Line[]): StoredCallEvent[] {
  const lines = Array.from({ length: pairs }, (_, i) => linesOf(i)).flat()
  return inbound([0, 'call.started'], ...lines, [2 * pairs + 1, 'call.ended'])
}
