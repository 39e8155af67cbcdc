import { type Author, type ReservationStatus, stockReleased } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import type { Level } from '../stock/level.ts'
import { holdLine } from '../stock/post-holds.ts'
import type { HeldLine } from './held-lines.ts'
import type { LockedReservation } from './reservations.repository.ts'

type Freed = {
  readonly reservations: readonly LockedReservation[]
  /** What they are now. */
  readonly status: Exclude<ReservationStatus, 'OPEN'>
  readonly lines: readonly HeldLine[]
  /** As they were left when the lines had been freed. */
  readonly levels: readonly Level[]
}

/** Tells, per reservation, of what was freed and not used: no reservation shrinks without an event. */
export function tellFreed(tx: Tx, author: Author, { reservations, status, lines, levels }: Freed): void {
  const levelAt = new Map(levels.map((level) => [placeOf(level), level]))
  // Before the first of them was freed; then, one by one, before the next.
  const reserved = new Map(levels.map((level) => [placeOf(level), level.reserved]))
  for (const line of lines) reserved.set(placeOf(line), (reserved.get(placeOf(line)) ?? 0n) + line.quantity)

  const linesOf = Map.groupBy(lines, ({ reservationId }) => reservationId)
  for (const { id, dealId, workOrderId, version } of reservations) {
    const freed = linesOf.get(id)
    if (freed === undefined) continue
    const told = freed.map((line) => {
      const level = levelAt.get(placeOf(line))
      if (level === undefined) throw new Error(`Product ${line.productId} was freed and its level did not change`)
      const before = reserved.get(placeOf(line)) ?? 0n
      reserved.set(placeOf(line), before - line.quantity)
      return holdLine(level, before, before - line.quantity)
    })
    const holder = { reservationId: id, dealId, workOrderId, status }
    append(tx, author, stockReleased, { id, version: version + 1 }, { ...holder, lines: told })
  }
}

function placeOf({ productId, locationId }: { readonly productId: string; readonly locationId: string }): string {
  return `${productId} ${locationId}`
}
