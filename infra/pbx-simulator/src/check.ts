import { setTimeout as sleep } from 'node:timers/promises'
import type { Call, Client } from '@dealwire/sdk'
import { expectedOf, type ScriptedCall } from './scripted-call.ts'
import type { Connection, Voice } from './voices/voice.ts'

export type Checked = { readonly right: number; readonly problems: readonly string[] }

const WITHIN_MS = 10_000
const TOLERANCE_SECONDS = 1

/** Every scripted call is there once and came out as it did; and nothing else is there. */
export async function checkCalls(
  client: Client,
  voice: Voice,
  connection: Connection,
  scripted: readonly ScriptedCall[],
): Promise<Checked> {
  const deadline = performance.now() + WITHIN_MS
  for (;;) {
    const checked = compare(voice, await callsOf(client, connection), scripted)
    if (checked.problems.length === 0 || performance.now() > deadline) return checked
    await sleep(250)
  }
}

async function callsOf(client: Client, connection: Connection): Promise<Call[]> {
  const calls: Call[] = []
  for await (const call of client.telephony.calls.list({ limit: 100 })) {
    if (call.connectionId === connection.id) calls.push(call)
  }
  return calls
}

function compare(voice: Voice, calls: readonly Call[], scripted: readonly ScriptedCall[]): Checked {
  const byPhone = Map.groupBy(calls, ({ phone }) => phone ?? 'none')
  const problems = scripted.flatMap((script) => {
    const found = byPhone.get(script.phone) ?? []
    const [call] = found
    if (call === undefined) return [`${script.kind} ${script.phone}: is missing`]
    if (found.length > 1) return [`${script.kind} ${script.phone}: is there ${found.length} times`]
    return differences(voice, call, script).map((problem) => `${script.kind} ${script.phone}: ${problem}`)
  })
  const known = new Set(scripted.map(({ phone }) => phone))
  const strangers = calls.filter(({ phone }) => phone === null || !known.has(phone))
  const right = scripted.length - new Set(problems.map((problem) => problem.split(':')[0])).size
  return {
    right,
    problems: [...problems, ...strangers.map(({ externalId }) => `${externalId}: nobody made this call`)],
  }
}

function differences(voice: Voice, call: Call, script: ScriptedCall): string[] {
  const { direction, status, talkSeconds } = expectedOf(script)
  const problems: string[] = []
  if (call.status !== status) problems.push(`is ${call.status}, not ${status}`)
  if (call.direction !== direction) problems.push(`is ${call.direction}, not ${direction}`)
  if (voice.tellsSeconds && Math.abs(call.talkSeconds - talkSeconds) > TOLERANCE_SECONDS) {
    problems.push(`talked ${call.talkSeconds} s, not ${talkSeconds} s`)
  }
  return problems
}
