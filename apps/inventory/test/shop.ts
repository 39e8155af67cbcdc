import fc from 'fast-check'

/** Two places for one product; two work orders that draw from the first. Quantities in thousandths, costs in ten-thousandths. */
export type Command =
  | { readonly kind: 'receive'; readonly place: number; readonly quantity: bigint; readonly unitCost: bigint }
  | { readonly kind: 'consume'; readonly place: number; readonly quantity: bigint }
  | { readonly kind: 'transfer'; readonly place: number; readonly quantity: bigint }
  | { readonly kind: 'reserve'; readonly place: number; readonly quantity: bigint }
  | { readonly kind: 'release'; readonly index: number }
  | { readonly kind: 'plan'; readonly order: number; readonly quantity: bigint }
  | { readonly kind: 'approve'; readonly order: number }
  | { readonly kind: 'giveBack'; readonly order: number; readonly quantity: bigint }

const quantity = fc.oneof(
  fc.bigInt(1n, 12n).map((units) => units * 1_000n),
  fc.bigInt(1n, 3_000n),
)
const place = fc.nat({ max: 1 })
const order = fc.nat({ max: 1 })
const unitCost = fc.bigInt(0n, 99_999n)
const of = <K extends string>(kind: K) => fc.constant(kind)

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: of('receive'), place, quantity, unitCost }) },
  { weight: 2, arbitrary: fc.record({ kind: of('consume'), place, quantity }) },
  { weight: 2, arbitrary: fc.record({ kind: of('transfer'), place, quantity }) },
  { weight: 2, arbitrary: fc.record({ kind: of('reserve'), place, quantity }) },
  { weight: 1, arbitrary: fc.record({ kind: of('release'), index: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: of('plan'), order, quantity }) },
  { weight: 1, arbitrary: fc.record({ kind: of('approve'), order }) },
  { weight: 2, arbitrary: fc.record({ kind: of('giveBack'), order, quantity }) },
)

type Layer = { quantity: bigint; readonly unitCost: bigint }
type Piece = { readonly layer: Layer; quantity: bigint }

/** What a stock room must hold, reckoned with plain lists. Every command answers whether it is allowed; refused ones change nothing. */
export class Shop {
  readonly places = [
    { layers: [] as Layer[], reserved: 0n },
    { layers: [] as Layer[], reserved: 0n },
  ]
  readonly reservations: { readonly place: number; open: bigint }[] = []
  readonly #orders = [
    { held: 0n, isApproved: false, used: [] as Piece[] },
    { held: 0n, isApproved: false, used: [] as Piece[] },
  ]

  onHand(place: number): bigint {
    return this.#at(place).layers.reduce((sum, layer) => sum + layer.quantity, 0n)
  }

  /** In cents. */
  value(place: number): bigint {
    return this.#at(place).layers.reduce(
      (sum, { quantity, unitCost }) => sum + (2n * quantity * unitCost + 100_000n) / 200_000n,
      0n,
    )
  }

  open(place: number): Layer[] {
    return this.#at(place).layers.filter((layer) => layer.quantity > 0n)
  }

  apply(command: Command): boolean {
    switch (command.kind) {
      case 'receive':
        this.#at(command.place).layers.push({ quantity: command.quantity, unitCost: command.unitCost })
        return true
      case 'consume':
        return this.#take(command.place, command.quantity) !== undefined
      case 'transfer':
        return this.#transfer(command.place, command.quantity)
      case 'reserve':
        if (!this.#hold(command.place, command.quantity)) return false
        this.reservations.push({ place: command.place, open: command.quantity })
        return true
      case 'release':
        return this.#release(command.index)
      case 'plan':
        return this.#plan(command.order, command.quantity)
      case 'approve':
        return this.#approve(command.order)
      case 'giveBack':
        return this.#giveBack(command.order, command.quantity)
    }
  }

  #at(place: number) {
    const found = this.places[place]
    if (found === undefined) throw new Error(`There is no place ${place}`)
    return found
  }

  #of(order: number) {
    const found = this.#orders[order]
    if (found === undefined) throw new Error(`There is no order ${order}`)
    return found
  }

  #hold(place: number, quantity: bigint): boolean {
    const at = this.#at(place)
    if (quantity > this.onHand(place) - at.reserved) return false
    at.reserved += quantity
    return true
  }

  #take(place: number, quantity: bigint): Piece[] | undefined {
    const at = this.#at(place)
    if (quantity > this.onHand(place) - at.reserved) return undefined
    const pieces: Piece[] = []
    for (const layer of at.layers) {
      const left = quantity - pieces.reduce((sum, piece) => sum + piece.quantity, 0n)
      const part = lesser(layer.quantity, left)
      if (part === 0n) continue
      layer.quantity -= part
      pieces.push({ layer, quantity: part })
    }
    return pieces
  }

  #transfer(from: number, quantity: bigint): boolean {
    const pieces = this.#take(from, quantity)
    if (pieces === undefined) return false
    const arrived = pieces.map((piece) => ({ quantity: piece.quantity, unitCost: piece.layer.unitCost }))
    this.#at(1 - from).layers.push(...arrived)
    return true
  }

  #release(index: number): boolean {
    const reservation = this.reservations[index]
    if (reservation === undefined || reservation.open === 0n) return false
    this.#at(reservation.place).reserved -= reservation.open
    reservation.open = 0n
    return true
  }

  #plan(index: number, quantity: bigint): boolean {
    const order = this.#of(index)
    if (order.isApproved || !this.#hold(0, quantity)) return false
    order.held += quantity
    return true
  }

  #approve(index: number): boolean {
    const order = this.#of(index)
    if (order.isApproved) return false
    this.#at(0).reserved -= order.held
    order.used = (this.#take(0, order.held) ?? []).toReversed()
    order.held = 0n
    order.isApproved = true
    return true
  }

  #giveBack(index: number, quantity: bigint): boolean {
    const { used } = this.#of(index)
    if (quantity > used.reduce((sum, piece) => sum + piece.quantity, 0n)) return false
    let left = quantity
    for (const piece of used) {
      const part = lesser(piece.quantity, left)
      piece.quantity -= part
      piece.layer.quantity += part
      left -= part
    }
    return true
  }
}

/** `Math.min` knows no bigint. */
function lesser(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}
