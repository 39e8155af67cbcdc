import type { Executor } from '@dealwire/db/client'
import { findCompany } from './directory.repository.ts'

/** What an event does not carry of its company; undefined until identity has told of it. */
export function getCompany(
  db: Executor,
  companyId: string,
): Promise<{ currency: string; timeZone: string } | undefined> {
  return findCompany(db, companyId)
}
