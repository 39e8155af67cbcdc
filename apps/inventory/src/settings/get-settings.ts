import type { Executor } from '@dealwire/db/client'
import { findSettings, type Settings } from './settings.repository.ts'

const DEFAULTS: Settings = { overReceiptPercent: 0, wonDealDraftsWorkOrder: false, version: 1 }

export async function getSettings(db: Executor, companyId: string): Promise<Settings> {
  return (await findSettings(db, companyId)) ?? DEFAULTS
}
