import type { Author } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { ensureDefaultLocation } from '../locations/ensure-default-location.ts'
import { moneyOf, quantityOf, quantityText, unitCostOf } from './exact.ts'
import type { Level, Place } from './level.ts'
import { type FoundLevel, findLevels, insertMissingLevels, lockLevels } from './stock.repository.ts'

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
 * Locks the stock of these places, in (product, location) order and waiting for whoever has it, then reads it. The two are
 * statements of their own: only a snapshot younger than the locks shows what the one before did. Throws `not_found` for unknown ones.
 */
export async function openStock(tx: Tx, author: Author, needs: readonly Need[]): Promise<OpenStock> {
  const { companyId } = author
  if (needs.length === 0) return nothing
  let locked = await lockLevels(tx, companyId, needs)
  if (locked.isComplete === false) {
    const { id: defaultId } = await ensureDefaultLocation(tx, companyId)
    await insertMissingLevels(
      tx,
      companyId,
      needs.map((need) => ({ productId: need.productId, locationId: need.locationId ?? defaultId, id: newId() })),
    )
    locked = { ...(await lockLevels(tx, companyId, needs)), defaultLocationId: defaultId }
  }
  const keyOf = (place: Place) => `${place.productId} ${place.locationId ?? locked.defaultLocationId}`

  const found = await findLevels(tx, companyId, summed(needs, locked.defaultLocationId))
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

const nothing: OpenStock = {
  occurredAt: '',
  levels: [],
  levelOf(place) {
    throw new Error(`Stock of ${place.productId} was not opened`)
  },
}

function summed(
  needs: readonly Need[],
  defaultLocationId: string,
): { productId: string; locationId: string; quantity: string }[] {
  const sums = new Map<string, { productId: string; locationId: string; quantity: bigint }>()
  for (const { productId, locationId: given, quantity } of needs) {
    const locationId = given ?? defaultLocationId
    const sum = sums.get(`${productId} ${locationId}`) ?? { productId, locationId, quantity: 0n }
    sums.set(`${productId} ${locationId}`, { ...sum, quantity: sum.quantity + quantity })
  }
  return [...sums.values()].map((sum) => ({ ...sum, quantity: quantityText(sum.quantity) }))
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
