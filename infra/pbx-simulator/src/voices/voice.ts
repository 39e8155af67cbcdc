import { createHmac } from 'node:crypto'
import type { CallKind, ScriptedCall } from '../scripted-call.ts'

/** One request of a PBX. */
export type Message = {
  /** When it happens, by the clock of the PBX: the order in which messages set out. */
  readonly at: number
  readonly contentType: string
  readonly body: string
}

export type Connection = { readonly id: string; readonly webhookUrl: string; readonly secret: string }

/** How one provider tells of a call, and how it proves who it is. */
export type Voice = {
  readonly provider: string
  readonly kinds: readonly CallKind[]
  /** False where the provider gives no time of the answer: the seconds of the conversation cannot be compared. */
  readonly tellsSeconds: boolean
  /** Of the provider's own making, where the CRM does not make it. */
  readonly secret?: string
  readonly messages: (call: ScriptedCall, connection: Connection) => readonly Message[]
  readonly headers: (message: Message, connection: Connection, nowMs: number) => Record<string, string>
}

export const JSON_TYPE = 'application/json'
export const FORM_TYPE = 'application/x-www-form-urlencoded'

export function json(at: number, body: unknown): Message {
  return { at, contentType: JSON_TYPE, body: JSON.stringify(body) }
}

export function form(at: number, fields: Readonly<Record<string, string>>): Message {
  return { at, contentType: FORM_TYPE, body: new URLSearchParams(fields).toString() }
}

export function basic(_message: Message, { id, secret }: Connection): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
}

/** For tokens that are in the body or the address. */
export function nothing(): Record<string, string> {
  return {}
}

type Encoding = 'base64' | 'hex' | 'base64url'

export function hmac(algorithm: 'sha1' | 'sha256', key: string | Buffer, content: string, encoding: Encoding): string {
  return createHmac(algorithm, key).update(content).digest(encoding)
}

export const iso = (ms: number) => new Date(ms).toISOString()
export const epoch = (ms: number) => Math.floor(ms / 1_000)
export const seconds = (call: Pick<ScriptedCall, 'decidedAt' | 'endedAt'>) => epoch(call.endedAt - call.decidedAt)

export const isOutbound = ({ kind }: ScriptedCall) => kind === 'called' || kind === 'busy'
export const isTalk = ({ kind }: ScriptedCall) => kind === 'answered' || kind === 'called'
