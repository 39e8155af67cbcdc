/** What the load needs to know of the data. Small enough to travel as JSON. */
export type Fixture = {
  readonly companies: readonly BenchCompany[]
  readonly dealsPerCompany: number
  /** When its access tokens were made. */
  readonly madeAt: number
  /** Of the first company; null where no operation needs it. */
  readonly stockroom: Stockroom | null
}

export type Stockroom = {
  readonly productIds: readonly string[]
  readonly orders: readonly { readonly path: string; readonly itemIds: readonly string[] }[]
}

export type BenchCompany = {
  /** Which company of the seed this is: decides the ids of its rows. */
  readonly number: number
  readonly id: string
  readonly userId: string
  readonly accessToken: string
  /** Cursor of page 200 of its deals, as the gateway handed it out. */
  readonly deepCursor: string
  /** The last deal before page 200, for the bare limit, which has no cursors. */
  readonly deepDealId: string
  /** Null where no operation needs it. */
  readonly connection: { readonly path: string; readonly secret: string } | null
  readonly productIds: readonly string[]
}

const MAX = 0xffff_ffff_ffff

/** The id of row `row` of a company: a UUIDv7 in form, made from numbers, so that load and data agree on it without asking. */
export function rowId(kind: RowKind, company: number, row: number): string {
  if (row < 0 || row > MAX) throw new RangeError(`There is no row ${row}`)
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
  return `0190${kinds[kind]}-${hex(company, 4)}-7000-8000-${hex(row, 12)}`
}

/** The same in SQL, over a column `n`. */
export function rowIdSql(kind: RowKind, company: number, n: string): string {
  return `('0190${kinds[kind]}-${company.toString(16).padStart(4, '0')}-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
}

const kinds = { customer: '0001', contact: '0002', deal: '0003' } as const
export type RowKind = keyof typeof kinds

/** Spreads consecutive numbers over `size` rows, the same way in every run: neighbours never hit one row. */
export function spread(index: number, size: number): number {
  return (Math.imul(index, 2_654_435_761) >>> 0) % size
}
