import type { Author } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import type { Dependencies } from '../dependencies.ts'
import { findDeadLetterConnection, listFoldFailures } from './dead-letters.repository.ts'
import { retryDeadLetter } from './retry-dead-letter.ts'

type RetryDependencies = Pick<Dependencies, 'database' | 'connections' | 'agents'>

/** Reads what a retry needs to know, then opens its transaction. */
export async function retryNow(
  { database, connections, agents }: RetryDependencies,
  author: Author,
  id: string,
): Promise<string> {
  const connectionId = await findDeadLetterConnection(database, author.companyId, id)
  const connection = connectionId === undefined ? undefined : await connections.find(connectionId)
  const usersOf = await agents.load([author.companyId])
  return withTx(database, (tx) => retryDeadLetter(tx, author, id, { connection, usersOf }))
}

const MAX_RETRIES_PER_RUN = 100

/** Calls that could not be folded, perhaps because of what later events or a later version settle. */
export async function retryFoldFailures(dependencies: RetryDependencies, signal: AbortSignal): Promise<void> {
  for (const { companyId, id } of await listFoldFailures(dependencies.database, MAX_RETRIES_PER_RUN)) {
    if (signal.aborted) return
    await retryNow(dependencies, { companyId, userId: null, requestId: newId() }, id)
  }
}
