import type { Executor } from '@dealwire/db/client'
import { currencyRates } from '@dealwire/db/deals'
import { and, desc, eq, lte, sql } from 'drizzle-orm'

/** The newest rate that is in force today. */
export async function findRate(db: Executor, companyId: string, currency: string): Promise<string | undefined> {
  const [newest] = await db.orm
    .select({ rate: currencyRates.rate })
    .from(currencyRates)
    .where(
      and(
        eq(currencyRates.companyId, companyId),
        eq(currencyRates.currency, currency),
        lte(currencyRates.validFrom, sql`current_date`),
      ),
    )
    .orderBy(desc(currencyRates.validFrom))
    .limit(1)
  return newest?.rate
}
