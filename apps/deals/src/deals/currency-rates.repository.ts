import { type Executor, runOne, statement } from '@dealwire/db/client'

export async function findRate(executor: Executor, companyId: string, currency: string): Promise<string | undefined> {
  const found = await runOne<{ rate: string }>(executor, findStatement, [companyId, currency])
  return found?.rate
}

const findStatement = statement(
  'find_currency_rate',
  `SELECT rate FROM currency_rates WHERE company_id = $1 AND currency = $2 AND valid_from <= current_date
   ORDER BY valid_from DESC LIMIT 1`,
)
