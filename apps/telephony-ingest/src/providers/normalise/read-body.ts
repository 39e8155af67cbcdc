import type { ParsedWebhook, UnparsedItem, WebhookRequest } from '../provider.ts'
import { textOf } from '../provider.ts'

/** Reads one field of a payload as text; null when it is absent, empty or no scalar. */
export type Fields = (name: string) => string | null

const MAX_TEXT = 2_000

/** What can be stored: without NUL and lone surrogates, of a sensible length. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed().trim().slice(0, MAX_TEXT)
}

export function textOrNull(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return null
  const text = storable(value)
  return text === '' ? null : text
}

export function fieldsOfObject(object: Readonly<Record<string, unknown>>): Fields {
  return (name) => (Object.hasOwn(object, name) ? textOrNull(object[name]) : null)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** The object under a name, or one without anything. */
export function objectIn(object: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const value = Object.hasOwn(object, name) ? object[name] : undefined
  return isObject(value) ? value : {}
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not JSON: the caller says so in a dead letter
  }
}

export function readForm(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

/** A JSON object, a form, or the query of a GET: providers and their look-alikes send the same fields in each. */
export function readFlatBody(request: WebhookRequest): Record<string, unknown> | undefined {
  const text = textOf(request.rawBody)
    .replace(/^\uFEFF/, '')
    .trim()
  if (text === '') return request.rawQuery === '' ? undefined : readForm(request.rawQuery)
  if (!text.startsWith('{')) return readForm(text)
  const json = readJson(text)
  return isObject(json) ? json : undefined
}

export function understood(events: ParsedWebhook['events']): ParsedWebhook {
  return { events, unparsed: [] }
}

/** Known, authentic, and of no meaning for a call. */
export const nothingToTell: ParsedWebhook = { events: [], unparsed: [] }

export function notUnderstood(request: WebhookRequest, code: string, message: string): ParsedWebhook {
  const raw: UnparsedItem = { index: null, code, message, raw: textOf(request.rawBody) }
  return { events: [], unparsed: [raw] }
}

/** Printing recurses where parsing does not: an item of nothing but brackets would exhaust the stack. */
export function printed(item: unknown, body: string): string {
  try {
    return JSON.stringify(item)
  } catch {
    // Nested too deeply to print: the whole body holds it.
    return body
  }
}
