import { hash } from 'node:crypto'
import { AppError } from '@dealwire/errors'

/** Where a page ended: the last row's sort value as Postgres text, and its id. */
export type Position = { readonly sortText: string; readonly id: string }

/** Ties a cursor to its list, filters and sort: used with others it would silently skip rows. */
export function fingerprint(parts: readonly unknown[]): string {
  return hash('sha1', JSON.stringify(parts), 'base64url').slice(0, 12)
}

export function encodeCursor(position: Position, print: string): string {
  return Buffer.from(JSON.stringify([position.sortText, position.id, print])).toString('base64url')
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Refuses what this list did not hand out for these filters and this sort. */
export function decodeCursor(cursor: string, print: string): Position {
  const [sortText, id, madeFor] = parse(cursor)
  if (typeof sortText !== 'string' || typeof id !== 'string' || !UUID.test(id)) {
    throw new AppError('invalid', 'invalid_cursor', 'The cursor is not one that this list handed out.')
  }
  if (madeFor !== print) {
    throw new AppError(
      'invalid',
      'invalid_cursor',
      'The cursor belongs to other filters or another sort; start again without it.',
    )
  }
  return { sortText, id }
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return [] // not our JSON: refused by the caller with the same message as any foreign cursor
  }
}
