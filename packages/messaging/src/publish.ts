import { ErrorCode, type JetStreamClient, NatsError } from 'nats'
import type { LoggedMessage } from './log-page.ts'

const ACK_MS = 5_000
/** JetStream's own code for "message size exceeds maximum allowed". */
const MESSAGE_TOO_LARGE = 10_054

export type Published = {
  readonly accepted: number
  /** Already in the stream: published before by a relay that did not get to store its cursor. */
  readonly duplicates: number
  /** Can never be published, whoever tries. */
  readonly refused: readonly { readonly row: LoggedMessage; readonly error: Error }[]
}

/**
 * Publishes all rows at once and waits for every answer; throws when any row might succeed later.
 * The stream drops a row whose message id it has seen within its duplicate window.
 */
export async function publishAll(
  stream: JetStreamClient,
  rows: readonly LoggedMessage[],
  messageIdOf: (row: LoggedMessage) => string,
): Promise<Published> {
  const answers = await Promise.allSettled(
    rows.map((row) => stream.publish(row.subject, row.message, { msgID: messageIdOf(row), timeout: ACK_MS })),
  )
  const refused: { row: LoggedMessage; error: Error }[] = []
  let duplicates = 0
  for (const [index, answer] of answers.entries()) {
    const row = rows[index]
    if (answer.status === 'fulfilled') duplicates += answer.value.duplicate ? 1 : 0
    else if (row !== undefined && isHopeless(answer.reason)) refused.push({ row, error: answer.reason })
    else throw answer.reason
  }
  return { accepted: rows.length - refused.length, duplicates, refused }
}

function isHopeless(error: unknown): error is NatsError {
  if (!(error instanceof NatsError)) return false
  return (
    error.code === ErrorCode.MaxPayloadExceeded ||
    error.code === ErrorCode.BadSubject ||
    error.api_error?.err_code === MESSAGE_TOO_LARGE
  )
}
