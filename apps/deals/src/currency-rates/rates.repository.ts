import type { Executor, Tx } from '@dealwire/db/client'
import { currencyRates } from '@dealwire/db/deals'
import type { ListSpec } from '@dealwire/db/page'
import { and, eq, sql } from 'drizzle-orm'

export type Rate = {
  readonly id: string
  readonly currency: string
  readonly rate: string
  readonly validFrom: string
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

const columns = {
  id: currencyRates.id,
  currency: currencyRates.currency,
  rate: sql<string>`trim_scale(${currencyRates.rate})::text`,
  validFrom: currencyRates.validFrom,
  version: currencyRates.version,
  createdAt: sql<string>`iso(${currencyRates.createdAt})`,
  updatedAt: sql<string>`iso(${currencyRates.updatedAt})`,
}

const one = (companyId: string, id: string) => and(eq(currencyRates.companyId, companyId), eq(currencyRates.id, id))

/** Undefined when there is one of that day. */
export async function insertRate(
  tx: Tx,
  companyId: string,
  { id, currency, rate, validFrom }: Pick<Rate, 'id' | 'currency' | 'rate'> & { validFrom: string | undefined },
): Promise<Rate | undefined> {
  const [made] = await tx.orm
    .insert(currencyRates)
    .values({ companyId, id, currency, rate, validFrom: validFrom ?? sql`current_date` })
    .onConflictDoNothing()
    .returning(columns)
  return made
}

export async function findRateById(db: Executor, companyId: string, id: string): Promise<Rate | undefined> {
  const [found] = await db.orm.select(columns).from(currencyRates).where(one(companyId, id))
  return found
}

export async function lockRate(tx: Tx, companyId: string, id: string): Promise<Rate | undefined> {
  const [found] = await tx.orm.select(columns).from(currencyRates).where(one(companyId, id)).for('update')
  return found
}

export async function updateRateRow(tx: Tx, companyId: string, id: string, rate: string): Promise<Rate | undefined> {
  const [saved] = await tx.orm
    .update(currencyRates)
    .set({ rate, version: sql`${currencyRates.version} + 1`, updatedAt: sql`statement_timestamp()` })
    .where(one(companyId, id))
    .returning(columns)
  return saved
}

export async function deleteRateRow(tx: Tx, companyId: string, id: string): Promise<void> {
  await tx.orm.delete(currencyRates).where(one(companyId, id))
}

export const rateList: ListSpec = {
  name: 'currency_rates',
  from: 'currency_rates r',
  alias: 'r',
  where: 'r.company_id = $1',
  item: `json_build_object('id', r.id, 'currency', r.currency, 'rate', trim_scale(r.rate)::text, 'validFrom', r.valid_from,
    'version', r.version, 'createdAt', iso(r.created_at), 'updatedAt', iso(r.updated_at))`,
  sorts: {
    validFrom: { expression: 'r.valid_from', type: 'date' },
    createdAt: { expression: 'r.created_at', type: 'timestamptz' },
  },
  filters: { currency: 'r.currency = $?' },
}
