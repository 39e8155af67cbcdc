import { type CustomFieldsInput, dealCreated, dealLost, dealWon } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, merged, newId } from '@dealwire/messaging'
import { mergedValues } from '../custom-fields/custom-field-values.ts'
import { phoneOf } from '../parties/phone.ts'
import { type DealRefusal, type DealRow, insertDealRows } from './import-deals.repository.ts'
import type { ContactRow, CustomerRow } from './import-parties.repository.ts'
import { type Author, importContacts, importCustomers, type Parties, RANKS } from './import-parties.ts'
import type { ImportedItem } from './imports.repository.ts'
import type { RowProblem, RowValue } from './read-row.ts'

type Entity = 'deal' | 'contact' | 'customer'
export type Row<E extends Entity> = { readonly row: number; readonly value: RowValue<E> }
export type Imported = {
  readonly created: number
  readonly items: readonly ImportedItem[]
  readonly problems: readonly RowProblem[]
}

/** Makes customers of rows; one whose e-mail or phone is there already is a duplicate. */
export async function importCustomerRows(tx: Tx, author: Author, rows: readonly Row<'customer'>[]): Promise<Imported> {
  const asked = rows.map(({ row, value }) => ({ row, party: customerRow(author, value) }))
  const customers = await importCustomers(
    tx,
    author,
    asked.map(({ party }) => party),
  )
  return outcomeOf(asked, customers, 'customer', 'assignedToId')
}

/** Makes contacts of rows, and the customers that they name. */
export async function importContactRows(tx: Tx, author: Author, rows: readonly Row<'contact'>[]): Promise<Imported> {
  const named = await namedCustomers(tx, author, rows)
  const asked = rows.map(({ row, value }) => ({
    row,
    party: {
      ...party(author, value),
      customerId: value.customerId ?? named.idFor(row) ?? null,
      position: value.position ?? null,
    },
  }))
  const contacts = await importContacts(
    tx,
    author,
    asked.map((one) => one.party),
  )
  const imported = outcomeOf(asked, contacts, 'contact', 'customerId')
  return { ...imported, items: [...imported.items, ...named.made] }
}

/** Makes deals of rows, and the contacts and customers that they name. */
export async function importDealRows(tx: Tx, author: Author, rows: readonly Row<'deal'>[]): Promise<Imported> {
  const customers = await namedCustomers(tx, author, rows)
  const contacts = await namedContacts(tx, author, rows, customers)
  const ids = new Map(rows.map(({ row }) => [row, newId()]))
  const { currency } = author.company
  const asked = rows.map(({ row, value }) => {
    const contactId = value.contactId ?? contacts.idFor(row)
    const customerId = value.customerId ?? customers.idFor(row)
    const own = { id: ids.get(row) ?? newId(), title: value.title, currency }
    return merged<DealRow>(
      { ...DEAL_DEFAULTS, ...own },
      { ...value, contactId, customerId, customFields: mergedValues({}, value.customFields) },
    )
  })
  const outcomes = await insertDealRows(tx, author, asked)
  const rowOf = new Map([...ids].map(([row, id]) => [id, row]))
  const made = outcomes.flatMap((outcome) => outcome.made ?? [])
  for (const deal of made) {
    append(tx, author, dealCreated, deal, { deal })
    if (deal.stageKind === 'WON') append(tx, author, dealWon, deal, { deal })
    if (deal.stageKind === 'LOST') append(tx, author, dealLost, deal, { deal })
  }
  return {
    created: made.length,
    items: [...made.map(({ id }) => ({ rank: RANKS.deal, id })), ...contacts.made, ...customers.made],
    problems: outcomes.flatMap(({ id, refusal }) =>
      refusal === null ? [] : [{ row: rowOf.get(id) ?? 0, code: refusal, ...reasons[refusal] }],
    ),
  }
}

const DEAL_DEFAULTS: Omit<DealRow, 'id' | 'title' | 'currency'> = {
  value: '0.00',
  pipelineId: null,
  stage: null,
  priority: 'MEDIUM',
  leadSource: null,
  probability: null,
  expectedCloseDate: null,
  notes: null,
  contactId: null,
  customerId: null,
  assignedToId: null,
  lostReason: null,
  tags: [],
  customFields: {},
}

const reasons: Readonly<Record<DealRefusal, { field: string; message: string }>> = {
  stage_not_found: { field: 'stage', message: 'There is no such stage, or no such pipeline.' },
  currency_rate_missing: {
    field: 'currency',
    message: 'There is no rate for the currency; add one under /v1/currency-rates.',
  },
  lost_reason_required: { field: 'lostReason', message: 'A deal in a LOST stage needs a reason.' },
  contact_not_found: { field: 'contactId', message: 'There is no such contact.' },
  customer_not_found: { field: 'customerId', message: 'There is no such customer.' },
  user_not_found: { field: 'assignedToId', message: 'There is no such active user.' },
}

type Named = { readonly idFor: (row: number) => string | undefined; readonly made: readonly ImportedItem[] }
type NamesCustomer = Pick<RowValue<'deal'>, 'customerName' | 'customerEmail' | 'customerPhone' | 'customerId'>

async function namedCustomers(
  tx: Tx,
  author: Author,
  rows: readonly { readonly row: number; readonly value: NamesCustomer }[],
): Promise<Named> {
  const asked = rows.flatMap(({ row, value: { customerName, customerEmail, customerPhone, customerId } }) => {
    const name = customerName ?? customerEmail ?? customerPhone
    if (name === undefined || typeof customerId === 'string') return []
    const given = { name, email: customerEmail, phone: customerPhone }
    return [{ row, party: nameless(customerRow(author, given)) }]
  })
  return namedOf(
    asked,
    await importCustomers(
      tx,
      author,
      asked.map(({ party }) => party),
    ),
  )
}

async function namedContacts(tx: Tx, author: Author, rows: readonly Row<'deal'>[], customers: Named): Promise<Named> {
  const asked = rows.flatMap(({ row, value: { contactName, contactEmail, contactPhone, contactId, customerId } }) => {
    const name = contactName ?? contactEmail ?? contactPhone
    if (name === undefined || typeof contactId === 'string') return []
    const given = { name, email: contactEmail, phone: contactPhone }
    const employer = customerId ?? customers.idFor(row) ?? null
    return [{ row, party: { ...nameless(party(author, given)), customerId: employer, position: null } }]
  })
  return namedOf(
    asked,
    await importContacts(
      tx,
      author,
      asked.map((one) => one.party),
    ),
  )
}

function namedOf(
  asked: readonly { readonly row: number; readonly party: { readonly id: string } }[],
  parties: Parties,
): Named {
  const ids = new Map(asked.map(({ row, party: { id } }) => [row, parties.idOf(id)?.id]))
  return { idFor: (row) => ids.get(row), made: parties.made }
}

type Given = {
  readonly name: string
  readonly customFields?: CustomFieldsInput | undefined
  readonly email?: string | null | undefined
  readonly phone?: string | null | undefined
}

/** Without e-mail and phone a name is all there is to find somebody by. */
function nameless<Row extends Pick<ContactRow, 'email' | 'phone'>>(row: Row): Row & { byName: boolean } {
  return { ...row, byName: row.email === null && row.phone === null }
}

function party(
  { company }: Author,
  { name, email, phone, customFields }: Given,
): Omit<ContactRow, 'customerId' | 'position'> {
  return {
    id: newId(),
    name,
    email: email ?? null,
    ...phoneOf(phone, company.defaultRegion),
    byName: false,
    customFields: mergedValues({}, customFields),
  }
}

function customerRow(author: Author, given: Given & Partial<RowValue<'customer'>>): CustomerRow {
  return {
    ...party(author, given),
    kind: given.kind ?? 'ORGANIZATION',
    source: given.source ?? null,
    status: given.status ?? 'LEAD',
    assignedToId: given.assignedToId ?? null,
    tags: given.tags ?? [],
  }
}

function outcomeOf(
  asked: readonly { readonly row: number; readonly party: { readonly id: string } }[],
  parties: Parties,
  entity: 'contact' | 'customer',
  reference: string,
): Imported {
  const problems = asked.flatMap(({ row, party: { id } }): RowProblem[] => {
    const settled = parties.idOf(id)
    if (settled === undefined) {
      return [
        {
          row,
          field: reference,
          code: 'reference_not_found',
          message: `What '${reference}' refers to does not exist.`,
        },
      ]
    }
    if (settled.isNew) return []
    return [{ row, field: null, code: 'duplicate', message: `The ${entity} '${settled.id}' has this e-mail or phone.` }]
  })
  return { created: asked.length - problems.length, items: parties.made, problems }
}
