import type { Author } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { lesser, quantityText } from '../stock/exact.ts'
import type { Level } from '../stock/level.ts'
import { freeReservations } from './free-reservations.ts'
import { type HeldLine, heldLinesOf } from './held-lines.ts'
import {
  closeReservations,
  type LockedReservation,
  lockWorkOrderReservations,
  takeFromReservations,
} from './reservations.repository.ts'
import { tellFreed } from './tell-freed.ts'

/** What work orders hold, locked until the transaction ends. */
export type WorkOrderHolds = {
  readonly reservations: readonly LockedReservation[]
  readonly lines: readonly HeldLine[]
}

/** The orders are locked. */
export async function lockWorkOrderHolds(
  tx: Tx,
  companyId: string,
  workOrderIds: readonly string[],
): Promise<WorkOrderHolds> {
  const reservations = await lockWorkOrderReservations(tx, companyId, workOrderIds)
  return { reservations, lines: await heldLinesOf(tx, companyId, reservations) }
}

type Use = { readonly productId: string; readonly locationId: string; readonly quantity: bigint }

/** Books what was used up of the holds, the oldest first, and answers what they still hold. The stock itself went out with its posting. */
export async function useHolds(
  tx: Tx,
  companyId: string,
  holds: WorkOrderHolds,
  used: readonly Use[],
): Promise<HeldLine[]> {
  const open = new Map(used.map((use) => [`${use.productId} ${use.locationId}`, use.quantity]))
  const taken = holds.lines.map((line) => {
    const key = `${line.productId} ${line.locationId}`
    const quantity = lesser(open.get(key) ?? 0n, line.quantity)
    open.set(key, (open.get(key) ?? 0n) - quantity)
    return { ...line, quantity }
  })
  await takeFromReservations(
    tx,
    companyId,
    taken.filter((line) => line.quantity > 0n).map((line) => ({ ...line, quantity: quantityText(line.quantity) })),
  )
  return holds.lines.map((line, index) => ({ ...line, quantity: line.quantity - (taken[index]?.quantity ?? 0n) }))
}

/** Ends the holds of an order whose stock has gone out with this posting, which also freed `rest`: what was held and not needed. */
export async function endHolds(
  tx: Tx,
  author: Author,
  { reservations }: WorkOrderHolds,
  { rest, levels }: { rest: readonly HeldLine[]; levels: readonly Level[] },
): Promise<void> {
  const ids = reservations.map(({ id }) => id)
  if (ids.length > 0) await closeReservations(tx, author.companyId, ids, 'CONSUMED')
  tellFreed(tx, author, {
    reservations,
    status: 'CONSUMED',
    lines: rest.filter(({ quantity }) => quantity > 0n),
    levels,
  })
}

/** Frees everything that the work orders hold. */
export async function freeHolds(tx: Tx, author: Author, holds: WorkOrderHolds): Promise<void> {
  if (holds.reservations.length > 0) await freeReservations(tx, author, { ...holds, status: 'RELEASED' })
}
