import type { Author } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { ensureDefaultLocation } from '../locations/ensure-default-location.ts'
import { moneyOf, quantityOf, unitCostOf } from './exact.ts'
import type { Level, Place } from './level.ts'
import { type FoundLevel, findLevels, insertMissingLevels, type Locked, lockLevels } from './stock.repository.ts'

/** Locked stock. Nobody else changes it before this transaction ends. */
export type OpenStock = {
  /** Of whatever is posted now: never before the last entry of any of these levels. */
  readonly occurredAt: string
  /** In (product, location) order. */
  readonly levels: readonly Level[]
  levelOf(place: Place): Level
}

/** A place, and how much may be taken from there. */
export type Need = Place & { readonly quantity: bigint }

/**
 * Locks the stock of these places, in (product, location) order and waiting for whoever has it, then reads it. The two travel
 * together and are statements of their own: only a snapshot younger than the locks shows what the one before did.
 * Throws `not_found` for unknown places.
 */
export async function openStock(tx: Tx, author: Author, needs: readonly Need[]): Promise<OpenStock> {
  if (needs.length === 0) return nothing
  let [locked, found] = await lockAndFind(tx, author, needs)
  if (!locked.isComplete) {
    await makeMissing(tx, author, needs)
    ;[locked, found] = await lockAndFind(tx, author, needs)
  }
  const keyOf = (place: Place) => `${place.productId} ${place.locationId ?? locked.defaultLocationId}`
  const levels = new Map(found.map((row) => [keyOf(row), toLevel(row)]))
  if (!locked.isComplete) throw new Error('Stock that exists could not be locked')
  return {
    occurredAt:
      found
        .map((row) => row.occurredAt)
        .toSorted()
        .at(-1) ?? '',
    levels: [...levels.values()],
    levelOf(place) {
      const level = levels.get(keyOf(place))
      if (level === undefined) throw new Error(`Stock of ${keyOf(place)} was not opened`)
      return level
    },
  }
}

function lockAndFind(tx: Tx, { companyId }: Author, needs: readonly Need[]): Promise<[Locked, FoundLevel[]]> {
  return Promise.all([lockLevels(tx, companyId, needs), findLevels(tx, companyId, needs)])
}

/** Levels, and the default location, of places where there never was stock. */
async function makeMissing(tx: Tx, { companyId }: Author, needs: readonly Need[]): Promise<void> {
  const { id: defaultId } = await ensureDefaultLocation(tx, companyId)
  await insertMissingLevels(
    tx,
    companyId,
    needs.map((need) => ({ productId: need.productId, locationId: need.locationId ?? defaultId, id: newId() })),
  )
}

const nothing: OpenStock = {
  occurredAt: '',
  levels: [],
  levelOf(place) {
    throw new Error(`Stock of ${place.productId} was not opened`)
  },
}

function toLevel(row: FoundLevel): Level {
  if (row.sku === null || row.productName === null) throw notFound('product', row.productId)
  if (!row.hasLocation) throw notFound('location', row.locationId)
  const figures = {
    onHand: quantityOf(row.onHand),
    reserved: quantityOf(row.reserved),
    value: moneyOf(row.value),
    seq: row.seq,
  }
  return {
    productId: row.productId,
    locationId: row.locationId,
    sku: row.sku,
    productName: row.productName,
    category: row.category,
    picking: row.picking,
    reorderLevel: row.reorderLevel === null ? null : quantityOf(row.reorderLevel),
    reorderQuantity: row.reorderQuantity === null ? null : quantityOf(row.reorderQuantity),
    productAvailable: quantityOf(row.productAvailable),
    before: figures,
    ...figures,
    layers: row.layers.map((layer) => ({
      id: layer.id,
      remaining: quantityOf(layer.remaining),
      unitCost: unitCostOf(layer.unitCost),
      lotCode: layer.lotCode,
      expiresAt: layer.expiresAt,
    })),
    newLayers: [],
    entries: [],
    lastUnitCost: row.lastUnitCost === null ? null : unitCostOf(row.lastUnitCost),
  }
}
