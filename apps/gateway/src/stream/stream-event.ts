import { envelope } from '@dealwire/contracts'
import type { StreamMessage } from '@dealwire/messaging'

/** An event as the stream sends it: read once, framed once, whoever it goes to. */
export type StreamEvent = {
  readonly seq: number
  readonly name: string
  readonly type: string
  readonly actorid: string | null | undefined
  readonly data: Readonly<Record<string, unknown>>
  readonly frame: Buffer
}

/** Undefined when the message is not an event. */
export function readStreamEvent(message: StreamMessage): StreamEvent | undefined {
  const text = message.string()
  const parsed = envelope.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { type, actorid, data } = parsed.data
  const name = type.slice('crm.'.length)
  // A line break would end the field; JSON has none outside of its white space.
  const line = text.replace(/[\r\n]+/g, ' ')
  const frame = Buffer.from(`id: ${message.seq}\nevent: ${name}\ndata: ${line}\n\n`)
  return { seq: message.seq, name, type, actorid, data, frame }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not an event, which the caller sees
  }
}
