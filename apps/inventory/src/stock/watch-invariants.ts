import { type EventData, invariantViolated } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import type { Logger } from '@dealwire/telemetry'
import { auditStock } from './audit-stock.ts'
import { findCompaniesAfter } from './stock-audit.repository.ts'

const COMPANIES_AT_ONCE = 100
const FIRST = '00000000-0000-0000-0000-000000000000'

type Watch = {
  readonly database: Database
  readonly logger: Logger
  readonly gauge: { set(labels: { invariant: string }, value: number): void }
  readonly signal: AbortSignal
}

/** Audits every company, one at a time; tells of what is broken by event, log and metric. Returns how many companies it found broken. */
export async function watchInvariants({ database, logger, gauge, signal }: Watch): Promise<number> {
  const totals = new Map<string, number>()
  let broken = 0
  for await (const companyId of companiesOf(database, signal)) {
    const audit = await auditStock(database, { companyId }).catch((error: unknown) => {
      // The other companies are audited nevertheless.
      logger.error({ companyId, err: error }, 'stock could not be audited')
    })
    if (audit === undefined) continue
    const { ok, invariants } = audit
    for (const { name, violations } of invariants) totals.set(name, (totals.get(name) ?? 0) + violations)
    if (ok) continue
    broken += 1
    const violated = invariants.filter(({ violations }) => violations > 0)
    logger.error({ companyId, violated }, 'stock does not agree with itself')
    await tell(database, companyId, violated)
  }
  for (const [invariant, violations] of totals) gauge.set({ invariant }, violations)
  return broken
}

async function* companiesOf(database: Database, signal: AbortSignal): AsyncGenerator<string> {
  let after: string | undefined = FIRST
  while (after !== undefined && !signal.aborted) {
    const companies = await findCompaniesAfter(database, after, COMPANIES_AT_ONCE)
    yield* companies
    after = companies.at(-1)
  }
}

type Violated = EventData<typeof invariantViolated>['invariants']

async function tell(database: Database, companyId: string, invariants: Violated): Promise<void> {
  await withTx(database, async (tx) => {
    const author = { companyId, userId: null, requestId: newId() }
    const data = { checkedAt: new Date().toISOString(), invariants }
    append(tx, author, invariantViolated, { id: companyId, version: 1 }, data)
  })
}
