import { type Caller, register, settle } from './caller.ts'

export type ProofOptions = {
  readonly gateway: string
  readonly clients: number
  readonly units: number
  readonly rounds: number
  readonly print: (line: string) => void
}

type Tally = { readonly latencies: number[]; readonly outcomes: Map<string, number> }

/** Throws when stock is wrong after any round. */
export async function proveStock({ gateway, clients, units, rounds, print }: ProofOptions): Promise<void> {
  const caller = await register(gateway)
  print(
    `${clients} clients, ${units} units of each of 2 products, one or both per call and in both orders, ${rounds} rounds\n`,
  )
  print('round   calls/s   p50 ms   p99 ms   units gone   outcomes')
  for (let round = 1; round <= rounds; round++) {
    const products = [
      await stockedProduct(caller, `${round}-a`, units),
      await stockedProduct(caller, `${round}-b`, units),
    ]
    const tally: Tally = { latencies: [], outcomes: new Map() }
    const startedAt = performance.now()
    const taken = await Promise.all(
      Array.from({ length: clients }, (_, index) => takeAll(caller, products, index, tally)),
    )
    const seconds = (performance.now() - startedAt) / 1_000
    const gone = taken.reduce((sum, count) => sum + count, 0)
    print(figures(round, seconds, gone, tally))
    await check(caller, products, gone, units)
  }
  const audit = await caller.must('GET', '/v1/inventory/audit')
  if (audit['ok'] !== true) throw new Error(`The audit found violations: ${JSON.stringify(audit)}`)
  print(
    `\naudit: ${(audit['invariants'] as { name: string; checked: number; violations: number }[])
      .map(({ name, checked, violations }) => `${name} ${violations} of ${checked}`)
      .join(', ')}`,
  )
  print('Exactly what was there is gone, each call had one effect, and nobody was shown a deadlock.')
}

async function stockedProduct(caller: Caller, name: string, units: number): Promise<string> {
  const product = await caller.must('POST', '/v1/inventory/products', { sku: `PROOF-${name}`, name: `Proof ${name}` })
  const productId = String(product['id'])
  const layers = Math.min(10, units)
  for (let layer = 0; layer < layers; layer++) {
    const quantity = Math.floor(units / layers) + (layer < units % layers ? 1 : 0)
    const line = { productId, quantity, unitCost: '1.11', reason: 'proof' }
    await caller.must('POST', '/v1/inventory/adjustments', { lines: [line] })
  }
  return productId
}

/** One unit at a time until the stock is gone; the units that this client has got. */
async function takeAll(caller: Caller, products: readonly string[], index: number, tally: Tally): Promise<number> {
  const [a = '', b = ''] = products
  const wanted = [[a, b], [b, a], [a], [b]][index % 4] ?? []
  let units = 0
  while (await takeOnce(caller, wanted, tally)) units += wanted.length
  // Both together are refused when one is gone: what is left of the other must go as well.
  for (const product of wanted) while (await takeOnce(caller, [product], tally)) units += 1
  return units
}

/** A call that was cut off is asked again with its key, and so learns what became of it. */
async function takeOnce(caller: Caller, products: readonly string[], tally: Tally): Promise<boolean> {
  const key = crypto.randomUUID()
  const body = { lines: products.map((productId) => ({ productId, quantity: 1 })) }
  const { status, code } = await settle(async () => {
    const startedAt = performance.now()
    const answer = await caller.call('POST', '/v1/inventory/deductions', body, key)
    note(tally, performance.now() - startedAt, answer.status === 201 ? 'taken' : answer.code)
    return answer
  })
  if (status === 201) return true
  if (code === 'insufficient_stock') return false
  throw new Error(`A deduction was answered ${status} ${code}`)
}

function note({ latencies, outcomes }: Tally, milliseconds: number, outcome: string): void {
  latencies.push(milliseconds)
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
}

async function check(caller: Caller, products: readonly string[], gone: number, units: number): Promise<void> {
  if (gone !== products.length * units)
    throw new Error(`${gone} units were handed out where there were ${products.length * units}`)
  for (const id of products) {
    const { onHand, reserved } = await caller.must('GET', `/v1/inventory/products/${id}`)
    if (onHand !== 0 || reserved !== 0)
      throw new Error(`Product ${id} has ${String(onHand)} left, ${String(reserved)} reserved`)
  }
}

function figures(round: number, seconds: number, gone: number, { latencies, outcomes }: Tally): string {
  const sorted = latencies.toSorted((x, y) => x - y)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)
  const seen = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')
  const cells = [(latencies.length / seconds).toFixed(0).padStart(9), at(0.5).padStart(8), at(0.99).padStart(8)]
  return `${String(round).padStart(5)} ${cells.join(' ')} ${String(gone).padStart(12)}   ${seen}`
}
