import { AppError } from '@dealwire/errors'

/** What one merge can move, with an event for each. */
export const MOST_RELINKED = 2_000

export function ensureNotTooMany(count: number, what: 'deals' | 'contacts' | 'duplicates'): void {
  if (count <= MOST_RELINKED) return
  throw new AppError('conflict', 'merge_too_large', `This merge would move more than ${MOST_RELINKED} ${what} at once.`)
}
