import { type Author, type ReservationStatus, stockReleased } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import type { Level } from '../stock/level.ts'
import { holdLine } from '../stock/post-holds.ts'
import type { LockedReservation } from './reservations.repository.ts'

export type FreedLine = {
  readonly reservationId: string
  readonly productId: string
  readonly locationId: string
  readonly quantity: bigint
}
type Freed = {
  readonly reservations: readonly LockedReservation[]
  /** What they are now. */
  readonly status: Exclude<ReservationStatus, 'OPEN'>
  readonly lines: readonly FreedLine[]
  /** As they were left when the lines had been freed. */
  readonly levels: readonly Level[]
}

/** Tells, per reservation, of what was freed and not used: no reservation shrinks without an event. */
export function tellFreed(tx: Tx, author: Author, { reservations, status, lines, levels }: Freed): void {
  const held = new Map(levels.map((level) => [level, level.reserved]))
  for (const line of lines) {
    const level = levelOf(levels, line)
    held.set(level, (held.get(level) ?? 0n) + line.quantity)
  }
  for (const { id, dealId, workOrderId, version } of reservations) {
    const freed = lines.filter(({ reservationId }) => reservationId === id)
    if (freed.length === 0) continue
    const told = freed.map((line) => {
      const level = levelOf(levels, line)
      const before = held.get(level) ?? 0n
      held.set(level, before - line.quantity)
      return holdLine(level, before, before - line.quantity)
    })
    const holder = { reservationId: id, dealId, workOrderId, status }
    append(tx, author, stockReleased, { id, version: version + 1 }, { ...holder, lines: told })
  }
}

function levelOf(levels: readonly Level[], line: FreedLine): Level {
  const found = levels.find(
    ({ productId, locationId }) => productId === line.productId && locationId === line.locationId,
  )
  if (found === undefined) throw new Error(`Product ${line.productId} was freed and its level did not change`)
  return found
}
