import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export type CallDocument = {
  readonly body: string
  /** The caller as a person would write the contact's number. */
  readonly phone: string
}

const ownDocument = fileURLToPath(new URL('freeswitch-call.json', import.meta.url))

const newPhone = () => `+99559${String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')}`

/** A mod_json_cdr document of a call of one minute that has just ended. */
export async function ownCall(): Promise<CallDocument> {
  const phone = newPhone()
  const end = Math.floor(Date.now() / 1000)
  const values: Record<string, string> = {
    uuid: randomUUID(),
    caller: phone,
    callerEncoded: encodeURIComponent(phone),
    startSeconds: String(end - 65),
    answerSeconds: String(end - 60),
    endSeconds: String(end),
  }
  const template = await readFile(ownDocument, 'utf8')
  return { body: template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ''), phone }
}

/** A document that a real FreeSWITCH has written. */
export async function recordedCall(file: string): Promise<CallDocument> {
  const body = await readFile(file, 'utf8')
  const caller = /"(?:caller_id_number|sip_from_user_stripped)"\s*:\s*"([^"]+)"/.exec(body)?.[1]
  if (caller === undefined) throw new Error(`${file} names no caller_id_number: is it a mod_json_cdr document?`)
  const number = decodeURIComponent(caller)
  return { body, phone: number.startsWith('+') ? number : `+${number}` }
}

/** A call told as canonical events: in a queue, answered by an agent, over after a minute. */
export function canonicalCall(phone: string): { callId: string; events: Record<string, unknown>[] } {
  const callId = randomUUID()
  const end = Date.now()
  const at = (secondsBefore: number) => new Date(end - secondsBefore * 1000).toISOString()
  const common = { callId, direction: 'INBOUND', from: phone, to: '+995322000000' }
  const told: [string, number, Record<string, unknown>][] = [
    ['call.started', 75, {}],
    ['queue.entered', 74, { queue: 'sales' }],
    ['agent.connected', 62, { queue: 'sales', agent: 'agent-1' }],
    ['call.ended', 2, { hangupCause: 'NORMAL_CLEARING' }],
  ]
  return {
    callId,
    events: told.map(([type, secondsBefore, more], sequence) => ({
      ...common,
      ...more,
      type,
      sequence,
      eventId: `${callId}-${sequence}`,
      occurredAt: at(secondsBefore),
    })),
  }
}
