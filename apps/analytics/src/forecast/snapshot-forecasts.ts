import { forecastSnapshotted } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { type DueCompany, insertForecastSnapshot, listForecastsDue } from './forecast.repository.ts'

/** Records the forecast of every company whose day has begun; one company a transaction, and none twice a day. */
export async function snapshotForecasts(database: Database, signal: AbortSignal): Promise<void> {
  for (let after: string | null = null; !signal.aborted; ) {
    const due: DueCompany[] = await listForecastsDue(database, after)
    for (const company of due) {
      if (signal.aborted) return
      await snapshotForecast(database, company)
    }
    const last = due.at(-1)
    if (last === undefined) return
    after = last.company_id
  }
}

export async function snapshotForecast(
  database: Database,
  { company_id: companyId, currency, today }: DueCompany,
): Promise<void> {
  await withTx(database, async (tx) => {
    const weightedOpen = await insertForecastSnapshot(tx, companyId, today, currency)
    if (weightedOpen === undefined) return
    const author = { companyId, userId: null, requestId: newId() }
    append(tx, author, forecastSnapshotted, { id: companyId, version: 1 }, { takenOn: today, currency, weightedOpen })
  })
}
