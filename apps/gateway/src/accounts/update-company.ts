import { type Actor, type BodyOf, companyUpdated, type updateCompanyRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { type Company, lockCompany, updateCompanyRow } from './companies.repository.ts'

type UpdateCompanyInput = { readonly ifMatch: number | undefined; readonly changes: BodyOf<typeof updateCompanyRoute> }

const FIELDS = ['name', 'currency', 'timeZone', 'defaultRegion', 'searchLanguage', 'settings'] as const

/** Changes the company's name or settings; services see them with the caller's next token check. */
export async function updateCompany(tx: Tx, actor: Actor, { ifMatch, changes }: UpdateCompanyInput): Promise<Company> {
  const before = await lockCompany(tx, actor.companyId)
  if (before === undefined) throw notFound('company', actor.companyId)
  ensureVersion(before, ifMatch)

  const after = merged(before, changes)
  const change = changedFields(before, after, FIELDS)
  if (isEmpty(change)) return before

  const saved = await updateCompanyRow(tx, actor.companyId, after)
  append(tx, actor, companyUpdated, saved, { ...saved, ...change })
  return saved
}
