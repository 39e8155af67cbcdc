import type { Author } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { lesser, quantityOf, quantityText } from '../stock/exact.ts'
import { openStock } from '../stock/open-stock.ts'
import { freeReservation } from './free-reservation.ts'
import {
  closeReservations,
  findOpenLines,
  type LockedReservation,
  lockWorkOrderReservations,
  type OpenLine,
  takeFromReservations,
} from './reservations.repository.ts'

/** What a work order holds, locked until the transaction ends. */
export type WorkOrderHolds = {
  readonly reservations: readonly LockedReservation[]
  readonly lines: readonly (Omit<OpenLine, 'quantity'> & { readonly quantity: bigint })[]
}

export async function lockWorkOrderHolds(tx: Tx, companyId: string, workOrderId: string): Promise<WorkOrderHolds> {
  const reservations = await lockWorkOrderReservations(tx, companyId, workOrderId)
  if (reservations.length === 0) return { reservations, lines: [] }
  const lines = await findOpenLines(
    tx,
    companyId,
    reservations.map(({ id }) => id),
  )
  return { reservations, lines: lines.map((line) => ({ ...line, quantity: quantityOf(line.quantity) })) }
}

type Use = { readonly productId: string; readonly locationId: string; readonly quantity: bigint }

/** Books what was used up of the holds, the oldest first. The stock itself went out with its posting. */
export async function useHolds(tx: Tx, companyId: string, holds: WorkOrderHolds, used: readonly Use[]): Promise<void> {
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
}

/** Ends the holds of an order whose stock has gone out; what was not needed became available with that posting. */
export async function endHolds(tx: Tx, companyId: string, { reservations }: WorkOrderHolds): Promise<void> {
  const ids = reservations.map(({ id }) => id)
  if (ids.length > 0) await closeReservations(tx, companyId, ids, 'CONSUMED')
}

/** Frees everything that the work order holds. All of its stock is locked first, so that it is locked in one order. */
export async function freeHolds(tx: Tx, author: Author, holds: WorkOrderHolds): Promise<void> {
  await openStock(
    tx,
    author,
    holds.lines.map((line) => ({ ...line, quantity: 0n })),
  )
  for (const reservation of holds.reservations) await freeReservation(tx, author, reservation, 'RELEASED')
}
