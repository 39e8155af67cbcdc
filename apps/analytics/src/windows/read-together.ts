import { type Database, run, statement, type Tx, withTx } from '@dealwire/db/client'

const oneSnapshot = statement('one_snapshot', 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')

/**
 * Several queries on one snapshot and one connection: the panels of an answer agree with each other and with its `asOf`, and travel
 * in one round trip. `read` must send all of its queries before it awaits one.
 */
export async function readTogether<T>(database: Database, read: (tx: Tx) => Promise<T>): Promise<T> {
  return withTx(database, async (tx) => {
    const [, result] = await Promise.all([run(tx, oneSnapshot, []), read(tx)])
    return result
  })
}
