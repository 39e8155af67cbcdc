import type { Author } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import type { KnownConnection } from '../connections/connection-directory.ts'
import type { FoldInput } from '../ingest/fold-groups.ts'
import { ingestArrivals } from '../ingest/ingest-arrivals.ts'
import { refoldCall } from '../ingest/refold-call.ts'
import { textOf, type WebhookRequest } from '../providers/provider.ts'
import { findProvider } from '../providers/providers.ts'
import { FOLD_FAILED } from './dead-letter.ts'
import { type LockedLetter, lockDeadLetter, noteAttempt } from './dead-letters.repository.ts'

export type RetryContext = {
  /** The letter's connection, found before the transaction. */
  readonly connection: KnownConnection | undefined
  readonly usersOf: FoldInput['usersOf']
}

/** Tries again with what is understood today: resolved if all of it is, else open with the reason of this attempt. */
export async function retryDeadLetter(tx: Tx, author: Author, id: string, context: RetryContext): Promise<string> {
  const letter = await lockDeadLetter(tx, author.companyId, id)
  if (letter === undefined) throw notFound('dead letter', id)
  if (letter.isResolved)
    throw new AppError('conflict', 'dead_letter_resolved', `Dead letter '${id}' has already been dealt with.`)
  const problem = await attempt(tx, author, letter, context)
  return noteAttempt(tx, author.companyId, id, problem)
}

async function attempt(
  tx: Tx,
  author: Author,
  letter: LockedLetter,
  context: RetryContext,
): Promise<string | undefined> {
  const { connection, usersOf } = context
  if (connection === undefined) return 'The connection is deleted.'
  const { defaultRegion } = connection.settings
  const origin = { author, connectionId: connection.id, defaultRegion }
  if (letter.code === FOLD_FAILED) return refoldCall(tx, { ...origin, callKeys: [textOf(letter.body)] }, usersOf)

  const { events, unparsed } = parseAgain(letter, connection)
  await ingestArrivals(tx, [{ ...origin, events, letters: [] }], { usersOf, isFolding: true })
  return unparsed[0]?.message
}

function parseAgain(letter: LockedLetter, connection: KnownConnection) {
  const request: WebhookRequest = {
    method: 'POST',
    publicUrl: '',
    headers: {},
    rawQuery: letter.rawQuery,
    rawBody: letter.body,
    pathToken: null,
    receivedAtMs: letter.createdAt.getTime(),
  }
  const provider = findProvider(connection.provider)
  const nothing = { events: [], unparsed: [{ message: `There is no provider '${connection.provider}' any more.` }] }
  return provider === undefined ? nothing : provider.parse(request, connection.settings)
}
