import { textOf } from '../provider.ts'

/**
 * The record's text out of any body the modules send: bare, or as `cdr=` followed by text that is plain, percent-encoded
 * or base64. Decided by the content itself: the headers that go with each form differ by module and version.
 */
export function readCdrText(body: string): string {
  const text = body.replace(/^\uFEFF/, '').trim()
  const field = /^(?:uuid=[^&]{0,100}&)?cdr=/.exec(text)
  if (field === null) return text
  const value = text.slice(field[0].length)
  if (/^\s*[{<]/.test(value)) return value
  const decoded = decodePercent(value)
  return /^\s*[{<]/.test(decoded) ? decoded : textOf(Buffer.from(decoded, 'base64'))
}

/** Decodes `%XX`; a per cent sign that encodes nothing stays as it is. Plus signs are plus signs here, not spaces. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray per cent sign or bytes of another charset: decode what is well-formed.
    return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => textOf(Buffer.from(run.replaceAll('%', ''), 'hex')))
  }
}
