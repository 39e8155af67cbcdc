import { type Actor, workOrderUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { endHolds, lockWorkOrderHolds, useHolds } from '../reservations/work-order-holds.ts'
import { type Drawn, drawStock } from '../stock/draw-stock.ts'
import { moneyText, quantityText } from '../stock/exact.ts'
import type { Level, Place } from '../stock/level.ts'
import { valueChange } from '../stock/post-stock.ts'
import { openWorkOrder } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import { tracedBy } from './traced-by.ts'
import { addWorkOrderProductRows } from './work-order-products.repository.ts'

type Line = Place & { readonly quantity: bigint }
type DrawInput = { readonly workOrderId: string; readonly lines: readonly Line[] }

/** Uses products for a work order before it is approved: first what it holds, then what is available. */
export async function drawForWorkOrder(tx: Tx, actor: Actor, input: DrawInput): Promise<Drawn> {
  const order = await openWorkOrder(tx, actor, { id: input.workOrderId }, 'used')
  const by = tracedBy(actor, order)
  const drawn = await drawLocked(tx, by, { ...input, isLast: false })
  await saveWorkOrder(tx, by, order, {
    step: 'used',
    details: { postingId: drawn.posting.id },
    events: [workOrderUpdated],
  })
  return drawn
}

/** As above under the order's lock; the last time, what it still holds becomes free. */
export async function drawLocked(
  tx: Tx,
  actor: Actor,
  input: DrawInput & { readonly isLast: boolean },
): Promise<Drawn> {
  const { workOrderId, lines, isLast } = input
  const holds = await lockWorkOrderHolds(tx, actor.companyId, [workOrderId])
  const drawn = await drawStock(tx, actor, { lines, workOrderId, own: holds.lines, freesRest: isLast })
  const rest = await useHolds(
    tx,
    actor.companyId,
    holds,
    [...drawn.fromOwn].map(([level, quantity]) => ({ ...placeOf(level), quantity })),
  )
  if (isLast) await endHolds(tx, actor, holds, { rest, levels: drawn.posting.levels })
  const used = [...drawn.wanted].map(([level, quantity]) => ({
    ...placeOf(level),
    used: quantityText(quantity),
    cost: moneyText(-valueChange(level)),
  }))
  await addWorkOrderProductRows(tx, actor.companyId, workOrderId, used)
  return drawn
}

function placeOf({ productId, locationId }: Level) {
  return { productId, locationId }
}
