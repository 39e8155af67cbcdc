import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { lockRate, type Rate, updateRateRow } from './rates.repository.ts'

type Input = { readonly id: string; readonly ifMatch: number | undefined; readonly rate: string | undefined }

/** Corrects a rate for what is written from now on; base values that were fixed by it stay. */
export async function updateRate(tx: Tx, actor: Actor, { id, ifMatch, rate }: Input): Promise<Rate> {
  const before = await lockRate(tx, actor.companyId, id)
  if (before === undefined) throw notFound('currency rate', id)
  ensureVersion(before, ifMatch)
  if (rate === undefined || Number(rate) === Number(before.rate)) return before
  const saved = await updateRateRow(tx, actor.companyId, id, rate)
  if (saved === undefined) throw notFound('currency rate', id)
  return saved
}
