import type { ScriptedCall } from '../scripted-call.ts'
import { basic, isOutbound, iso, isTalk, json, seconds, type Voice } from './voice.ts'

const types = { answered: 'Inbound', missed: 'Missed', called: 'Outbound', busy: 'Notanswered', abandoned: 'Missed' }

/** Call journaling: one report, when it is over. */
export const threecx: Voice = {
  provider: 'threecx',
  kinds: ['answered', 'missed', 'called'],
  tellsSeconds: true,
  messages: (call) => [json(call.endedAt, report(call))],
  headers: basic,
}

function report(call: ScriptedCall) {
  return {
    CallType: types[call.kind],
    Number: call.phone,
    Agent: call.extension,
    AgentEmail: `agent-${call.extension}@example.test`,
    Duration: new Date(seconds(call) * 1_000).toISOString().slice(11, 19),
    CallDirection: isOutbound(call) ? 'Outbound' : 'Inbound',
    CallStartTimeUTC: iso(call.startedAt),
    CallEstablishedTimeUTC: isTalk(call) ? iso(call.decidedAt) : '[CallEstablishedTimeUTC]',
    CallEndTimeUTC: iso(call.endedAt),
    Name: '[Name]',
  }
}
