import { type Author, stockReleased } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import { figuresOf } from '../stock/event-figures.ts'
import { quantityNumber } from '../stock/exact.ts'
import type { Level } from '../stock/level.ts'
import type { LockedReservation } from './reservations.repository.ts'

type Rest = {
  readonly reservationId: string
  readonly productId: string
  readonly locationId: string
  readonly quantity: bigint
}
type Freed = {
  readonly reservations: readonly LockedReservation[]
  readonly rest: readonly Rest[]
  /** As the posting left them that freed the rest. */
  readonly levels: readonly Level[]
}

/** Tells, per reservation, of what a posting freed besides what it took: no reservation shrinks without an event. */
export function tellFreed(tx: Tx, author: Author, { reservations, rest, levels }: Freed): void {
  const held = new Map(levels.map((level) => [level, level.reserved]))
  for (const line of rest) {
    const level = levelOf(levels, line)
    held.set(level, (held.get(level) ?? 0n) + line.quantity)
  }
  for (const { id, dealId, workOrderId, version } of reservations) {
    const freed = rest.filter(({ reservationId }) => reservationId === id)
    if (freed.length === 0) continue
    const lines = freed.map((line) => {
      const level = levelOf(levels, line)
      const before = held.get(level) ?? 0n
      held.set(level, before - line.quantity)
      return lineOf(level, line.quantity, before)
    })
    const holder = { reservationId: id, dealId, workOrderId, status: 'CONSUMED' as const }
    append(tx, author, stockReleased, { id, version: version + 1 }, { ...holder, lines })
  }
}

function levelOf(levels: readonly Level[], line: Rest): Level {
  const found = levels.find(
    ({ productId, locationId }) => productId === line.productId && locationId === line.locationId,
  )
  if (found === undefined) throw new Error(`Product ${line.productId} was freed and its level did not change`)
  return found
}

function lineOf(level: Level, quantity: bigint, reservedBefore: bigint) {
  return {
    productId: level.productId,
    sku: level.sku,
    productName: level.productName,
    locationId: level.locationId,
    quantity: quantityNumber(-quantity),
    before: figuresOf({ ...level, reserved: reservedBefore }),
    after: figuresOf({ ...level, reserved: reservedBefore - quantity }),
  }
}
