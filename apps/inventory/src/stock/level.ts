import type { Picking } from '@dealwire/contracts'
import { costPerUnit, lesser, worthOf } from './exact.ts'

/** Where stock is; without a location the default one is meant. */
export type Place = { readonly productId: string; readonly locationId?: string | null | undefined }

/** What is left of a FIFO layer. */
export type Layer = {
  readonly id: string
  remaining: bigint
  readonly unitCost: bigint
  readonly lotCode: string | null
  readonly expiresAt: string | null
}

/** A layer that is made by this posting. */
export type NewLayer = Layer & { readonly received: bigint }

export type Taken = { readonly layer: Layer; readonly quantity: bigint }

/** A line of the ledger. */
export type Entry = {
  readonly id: string
  readonly seq: number
  readonly layerId: string
  /** Signed, as is `value`. */
  readonly quantity: bigint
  readonly unitCost: bigint
  readonly value: bigint
  readonly onHandAfter: bigint
  readonly valueAfter: bigint
  readonly reason: string | null
}

type Figures = { readonly onHand: bigint; readonly reserved: bigint; readonly value: bigint; readonly seq: number }

/**
 * Stock of a product at a location while its row is locked: read, changed here by `receive` and `consume`, then written back in one go.
 * Quantities are thousandths, unit costs ten-thousandths, money is cents.
 */
export type Level = {
  readonly productId: string
  readonly locationId: string
  readonly sku: string
  readonly productName: string
  readonly category: string | null
  readonly picking: Picking
  /** Null: never reordered. */
  readonly reorderLevel: bigint | null
  readonly reorderQuantity: bigint | null
  /** Of the product over all locations, when it was read. */
  readonly productAvailable: bigint
  /** As it was read. */
  readonly before: Figures
  onHand: bigint
  reserved: bigint
  value: bigint
  seq: number
  /** Open layers in FIFO order: as many as the posting may need. */
  readonly layers: Layer[]
  readonly newLayers: NewLayer[]
  readonly entries: Entry[]
  /** Unit cost of the product's latest layer anywhere; for a location that is empty. */
  readonly lastUnitCost: bigint | null
}

export function available(level: Level): bigint {
  return level.onHand - level.reserved
}

/** The average of what is there; of an empty place the latest cost of the product, and of a product that never was anywhere nothing. */
export function currentUnitCost(level: Level): bigint {
  return level.onHand > 0n ? costPerUnit(level.value, level.onHand) : (level.lastUnitCost ?? 0n)
}

export type Receipt = {
  readonly quantity: bigint
  readonly unitCost: bigint
  readonly lotCode?: string | null | undefined
  readonly expiresAt?: string | null | undefined
  readonly reason?: string | null | undefined
}

/** Adds a layer; from the next posting on it is picked in its turn. */
export function receive(level: Level, receipt: Receipt, newId: () => string): void {
  const layer: NewLayer = {
    id: newId(),
    received: receipt.quantity,
    remaining: receipt.quantity,
    unitCost: receipt.unitCost,
    lotCode: receipt.lotCode ?? null,
    expiresAt: receipt.expiresAt ?? null,
  }
  level.layers.push(layer)
  level.newLayers.push(layer)
  enter(level, layer, receipt.quantity, worthOf(receipt.quantity, receipt.unitCost), receipt.reason ?? null, newId)
}

/** Takes from the layers in their order, and returns what came from which. The caller has checked that so much is available. */
export function consume(level: Level, quantity: bigint, reason: string | null, newId: () => string): Taken[] {
  const all: Taken[] = []
  let missing = quantity
  for (const layer of level.layers) {
    if (missing === 0n) break
    const taken = lesser(layer.remaining, missing)
    if (taken === 0n) continue
    missing -= taken
    const cost = costOfTaking(layer, taken)
    layer.remaining -= taken
    enter(level, layer, -taken, -cost, reason, newId)
    all.push({ layer, quantity: taken })
  }
  if (missing > 0n)
    throw new Error(`The layers of product ${level.productId} at ${level.locationId} hold less than its level says`)
  return all
}

/** Brings units back into the layer they came from, so they are worth again what they cost. */
export function putBack(
  level: Level,
  back: { readonly layer: Layer; readonly quantity: bigint; readonly reason: string | null },
  newId: () => string,
): void {
  const { layer, quantity, reason } = back
  const before = worthOf(layer.remaining, layer.unitCost)
  layer.remaining += quantity
  enter(level, layer, quantity, worthOf(layer.remaining, layer.unitCost) - before, reason, newId)
}

/** Speaks for stock that stays where it is. The caller has checked that so much is available. */
export function hold(level: Level, quantity: bigint): void {
  level.reserved += quantity
}

export function unhold(level: Level, quantity: bigint): void {
  level.reserved -= quantity
}

export function isChanged(level: Level): boolean {
  return level.entries.length > 0 || level.reserved !== level.before.reserved
}

/** By how much the layer's value falls: taken bit by bit or at once it adds up to the same, and the last unit takes all that is left. */
export function costOfTaking(layer: Layer, quantity: bigint): bigint {
  return worthOf(layer.remaining, layer.unitCost) - worthOf(layer.remaining - quantity, layer.unitCost)
}

function enter(
  level: Level,
  layer: Layer,
  quantity: bigint,
  value: bigint,
  reason: string | null,
  newId: () => string,
): void {
  level.onHand += quantity
  level.value += value
  level.seq += 1
  level.entries.push({
    id: newId(),
    seq: level.seq,
    layerId: layer.id,
    quantity,
    unitCost: layer.unitCost,
    value,
    onHandAfter: level.onHand,
    valueAfter: level.value,
    reason,
  })
}
