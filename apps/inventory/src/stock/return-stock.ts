import { stockReturned } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { lesser, quantityNumber, quantityOf, unitCostOf } from './exact.ts'
import { putBack } from './level.ts'
import { openStock } from './open-stock.ts'
import { type Poster, type Posting, postStock } from './post-stock.ts'
import { findLayers, findUsedLayers, type UsedLayer } from './used-layers.repository.ts'

type ReturnLine = { readonly productId: string; readonly quantity: bigint; readonly reason?: string | null | undefined }
type ReturnStockInput = { readonly workOrderId: string; readonly lines: readonly ReturnLine[] }

/**
 * Brings units that a work order used back into the layers they came from, the last used first. The order is locked, so nothing else
 * uses or returns for it. Cents follow from the layer, so what went out and came back leaves no trace of rounding.
 */
export async function returnStock(tx: Tx, actor: Poster, { workOrderId, lines }: ReturnStockInput): Promise<Posting> {
  const wanted = summedByProduct(lines)
  const used = await findUsedLayers(tx, actor.companyId, workOrderId, [...wanted.keys()])
  const plan = [...wanted].flatMap(([productId, line]) => planReturn(productId, line, used))
  ensureWasUsed(wanted, plan)

  const stock = await openStock(
    tx,
    actor,
    plan.map(({ layer }) => ({ ...layer, quantity: 0n })),
  )
  const layers = await findLayers(
    tx,
    actor.companyId,
    plan.map(({ layer }) => layer.batchId),
  )
  for (const { layer: of, quantity, reason } of plan) {
    const found = layers.find(({ id }) => id === of.batchId)
    if (found === undefined) throw new Error(`Layer ${of.batchId} is in the ledger and does not exist`)
    const layer = { ...found, remaining: quantityOf(found.remaining), unitCost: unitCostOf(found.unitCost) }
    putBack(stock.levelOf(of), { layer, quantity, reason }, newId)
  }
  return postStock(tx, actor, stock, { kind: 'RETURN', event: stockReturned, workOrderId })
}

type Wanted = { readonly quantity: bigint; readonly reason: string | null }
type Planned = { readonly layer: UsedLayer; readonly quantity: bigint; readonly reason: string | null }

function summedByProduct(lines: readonly ReturnLine[]): Map<string, Wanted> {
  const sums = new Map<string, Wanted>()
  for (const { productId, quantity, reason = null } of lines) {
    const sum = sums.get(productId)
    sums.set(productId, { quantity: (sum?.quantity ?? 0n) + quantity, reason: sum?.reason ?? reason })
  }
  return sums
}

function planReturn(productId: string, { quantity, reason }: Wanted, used: readonly UsedLayer[]): Planned[] {
  const plan: Planned[] = []
  let left = quantity
  for (const layer of used) {
    if (layer.productId !== productId || left === 0n) continue
    const part = lesser(quantityOf(layer.quantity), left)
    left -= part
    plan.push({ layer, quantity: part, reason })
  }
  return plan
}

function ensureWasUsed(wanted: ReadonlyMap<string, Wanted>, plan: readonly Planned[]): void {
  const possible = (productId: string) =>
    plan.reduce((sum, { layer, quantity }) => (layer.productId === productId ? sum + quantity : sum), 0n)
  const over = [...wanted].filter(([productId, { quantity }]) => quantity > possible(productId))
  if (over.length === 0) return
  throw new AppError('conflict', 'over_return', 'More would come back than was used; nothing was returned.', {
    errors: over.map(([productId, { quantity }]) => ({
      productId,
      requested: quantityNumber(quantity),
      used: quantityNumber(possible(productId)),
      message: `${quantityNumber(quantity)} returned, ${quantityNumber(possible(productId))} used`,
    })),
  })
}
