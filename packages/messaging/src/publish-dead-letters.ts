import { type Database, run, statement, type Tx, withTx } from '@dealwire/db/client'
import type { Bus } from './bus.ts'
import { newId } from './new-id.ts'

export type PublishDeadLettersOptions = {
  readonly database: Database
  readonly bus: Bus
  readonly consumer?: string
  readonly companyId?: string
  readonly id?: string
}

type Letter = { readonly company_id: string; readonly id: string; readonly subject: string; readonly message: string }

const PAGE = 50
const MAX_PAGES = 2_000
const ACK_MS = 5_000

/**
 * Publishes open dead letters again, oldest first, and closes them. Only who has not had an event handles it: the inboxes of
 * the others drop it. What fails once more is set aside anew, with the new error. Answers how many were published.
 */
export async function publishDeadLetters(options: PublishDeadLettersOptions): Promise<number> {
  const until = newId()
  let published = 0
  for (let page = 0; page < MAX_PAGES; page++) {
    const letters = await withTx(options.database, (tx) => publishPage(tx, options, until))
    published += letters
    if (letters < PAGE) break
  }
  return published
}

/** The rows are closed before they are published, in one transaction: a consumer that sets one aside again waits, and makes a new row. */
async function publishPage(tx: Tx, options: PublishDeadLettersOptions, until: string): Promise<number> {
  const { bus, consumer = null, companyId = null, id = null } = options
  const letters = await run<Letter>(tx, closeLetters, [consumer, companyId, id, until, PAGE])
  const nats = bus.connection()
  if (nats === undefined) throw new Error('NATS is not connected; the rest of the dead letters stays open')
  const stream = nats.jetstream()
  const attempt = newId()
  await Promise.all(
    letters.map((letter) =>
      stream.publish(letter.subject, letter.message, { msgID: `${letter.id}:${attempt}`, timeout: ACK_MS }),
    ),
  )
  return letters.length
}

// Ids are of the time they were made: what is set aside again meanwhile is younger than `until`, and not taken twice.
const closeLetters = statement(
  'close_dead_letters',
  `UPDATE dead_letter d SET resolved_at = now()
   FROM (SELECT company_id, id FROM dead_letter
         WHERE resolved_at IS NULL AND id < $4 AND ($1::text IS NULL OR consumer = $1)
           AND ($2::uuid IS NULL OR company_id = $2) AND ($3::uuid IS NULL OR id = $3)
         ORDER BY id LIMIT $5 FOR UPDATE SKIP LOCKED) open
   WHERE d.company_id = open.company_id AND d.id = open.id
   RETURNING d.company_id, d.id, d.subject, d.message`,
)
