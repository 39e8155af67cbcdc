import { contactCreated, customerCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import {
  type ContactRow,
  type CustomerRow,
  insertMissingContacts,
  insertMissingCustomers,
} from './import-parties.repository.ts'
import type { ImportAuthor, ImportedItem } from './imports.repository.ts'

export type Author = ImportAuthor & { readonly companyId: string }

/** What became of each row that was asked for, by the id it would have had. */
export type Parties = {
  /** Undefined when it refers to something that is not there. */
  idOf(id: string): { readonly id: string; readonly isNew: boolean } | undefined
  readonly made: readonly ImportedItem[]
}

export const RANKS = { deal: 1, contact: 2, customer: 3 } as const

export async function importContacts(tx: Tx, author: Author, rows: readonly ContactRow[]): Promise<Parties> {
  const groups = groupByKey(rows)
  const outcomes = await insertAll(groups.firsts, (missing) => insertMissingContacts(tx, author, missing))
  for (const { made } of outcomes) if (made !== null) append(tx, author, contactCreated, made, { contact: made })
  return partiesOf(groups, outcomes, RANKS.contact)
}

export async function importCustomers(tx: Tx, author: Author, rows: readonly CustomerRow[]): Promise<Parties> {
  const groups = groupByKey(rows)
  const outcomes = await insertAll(groups.firsts, (missing) => insertMissingCustomers(tx, author, missing))
  for (const { made } of outcomes) if (made !== null) append(tx, author, customerCreated, made, { customer: made })
  return partiesOf(groups, outcomes, RANKS.customer)
}

/** A twin that commits between a snapshot and its insert is seen by the second attempt. */
async function insertAll<Row extends { id: string }, Result extends Outcome>(
  rows: readonly Row[],
  insert: (rows: readonly Row[]) => Promise<Result[]>,
): Promise<Result[]> {
  const outcomes = await insert(rows)
  const open = new Set(outcomes.flatMap(({ id, foundId, made }) => (foundId === null && made === null ? [id] : [])))
  if (open.size === 0) return outcomes
  return [...outcomes.filter(({ id }) => !open.has(id)), ...(await insert(rows.filter(({ id }) => open.has(id))))]
}

type Keyed = Pick<ContactRow, 'id' | 'name' | 'email' | 'phone' | 'byName'>
type Groups<Row> = { readonly firsts: readonly Row[]; readonly firstOf: ReadonlyMap<string, string> }

/** Rows with an e-mail, a phone or, where only that is given, a name in common are one. */
function groupByKey<Row extends Keyed>(rows: readonly Row[]): Groups<Row> {
  const byKey = new Map<string, string>()
  const firstOf = new Map<string, string>()
  const firsts = rows.filter((row) => {
    const keys = keysOf(row)
    const known = keys.map((key) => byKey.get(key)).find((id) => id !== undefined)
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, known ?? row.id)
    firstOf.set(row.id, known ?? row.id)
    return known === undefined
  })
  return { firsts, firstOf }
}

function keysOf({ name, email, phone, byName }: Keyed): string[] {
  const keys = [email === null ? [] : [`email ${email}`], phone === null ? [] : [`phone ${phone}`]].flat()
  return byName ? [...keys, `name ${name.toLowerCase()}`] : keys
}

type Outcome = { readonly id: string; readonly foundId: string | null; readonly made: object | null }

function partiesOf({ firstOf }: Groups<unknown>, outcomes: readonly Outcome[], rank: number): Parties {
  const settled = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
  return {
    idOf(id) {
      const outcome = settled.get(firstOf.get(id) ?? '')
      if (outcome === undefined) return undefined
      if (outcome.made !== null) return { id: outcome.id, isNew: outcome.id === id }
      return outcome.foundId === null ? undefined : { id: outcome.foundId, isNew: false }
    },
    made: outcomes.flatMap(({ id, made }) => (made === null ? [] : [{ rank, id }])),
  }
}
