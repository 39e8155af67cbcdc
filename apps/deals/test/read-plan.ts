import type { Actor } from '@dealwire/contracts'
import { type ReadPlan, readPlans as readPlansOf, type SentStatement, statementsOf } from '@dealwire/testing'
import type { TestApp } from './start-app.ts'

export type { ReadPlan } from '@dealwire/testing'

/** The one statement that a call sends, or the last of `count`. */
export async function statementOf(
  { database, call }: TestApp,
  actor: Actor,
  path: string,
  count = 1,
): Promise<SentStatement> {
  let status = 0
  const sent = await statementsOf(database, async () => {
    status = (await call(actor, path)).status
  })
  const statement = sent.at(-1)
  if (status !== 200 || statement === undefined || sent.length !== count)
    throw new Error(`${path} answered ${status} and sent ${sent.length} statements`)
  return statement
}

/** Of the app's own database. */
export function readPlans({ database }: TestApp, statement: SentStatement): Promise<ReadPlan[]> {
  return readPlansOf(database, statement)
}
