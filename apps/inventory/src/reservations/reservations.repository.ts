import type { Reservation, ReservationStatus } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

/** A reservation as finished JSON, and as the value it was made from. */
export type StoredReservation = {
  readonly json: string
  readonly version: number
  readonly reservation: Reservation
}

const ITEM = `json_build_object('id', r.id, 'status', r.status, 'dealId', r.deal_id, 'workOrderId', r.work_order_id, 'expiresAt', iso(r.expires_at),
  'lines', l.lines, 'version', r.version, 'createdAt', iso(r.created_at), 'updatedAt', iso(r.updated_at), 'createdById', r.created_by_id)`
const JOINS = `CROSS JOIN LATERAL (
  SELECT coalesce(json_agg(json_build_object('productId', l.product_id, 'sku', p.sku, 'productName', p.name, 'locationId', l.location_id,
    'quantity', l.quantity, 'openQuantity', l.open_quantity) ORDER BY l.product_id, l.location_id), '[]') AS lines
  FROM reservation_lines l JOIN products p ON p.company_id = l.company_id AND p.id = l.product_id
  WHERE l.company_id = r.company_id AND l.reservation_id = r.id) l`

export const reservationList: ListSpec = {
  name: 'reservations',
  from: 'reservations r',
  alias: 'r',
  where: 'r.company_id = $1',
  item: ITEM,
  joins: JOINS,
  sorts: { createdAt: { expression: 'r.created_at', type: 'timestamptz' } },
  filters: {
    status: 'r.status = $?::text',
    productId:
      'r.id IN (SELECT l.reservation_id FROM reservation_lines l WHERE l.company_id = $1 AND l.product_id = $?::uuid)',
    dealId: 'r.deal_id = $?::uuid',
    workOrderId: 'r.work_order_id = $?::uuid',
  },
}

export async function findReservation(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredReservation | undefined> {
  const found = await runOne<{ json: string }>(executor, findStatement, [companyId, id])
  if (found === undefined) return undefined
  const reservation = JSON.parse(found.json) as Reservation
  return { json: found.json, version: reservation.version, reservation }
}

const findStatement = statement(
  'find_reservation',
  `SELECT ${ITEM}::text AS json FROM reservations r ${JOINS} WHERE r.company_id = $1 AND r.id = $2`,
)

export type NewReservation = {
  readonly id: string
  readonly dealId: string | null
  readonly workOrderId: string | null
  readonly expiresAt: string | null
  readonly createdById: string | null
  readonly lines: readonly { productId: string; locationId: string; quantity: string }[]
}

export async function insertReservation(tx: Tx, companyId: string, reservation: NewReservation): Promise<void> {
  const { lines, ...head } = reservation
  await run(tx, insertStatement, [companyId, JSON.stringify(head), JSON.stringify(lines)])
}

const insertStatement = statement(
  'insert_reservation',
  `WITH made AS (
     INSERT INTO reservations (company_id, id, deal_id, work_order_id, expires_at, created_by_id)
     SELECT $1, r.id, r."dealId", r."workOrderId", r."expiresAt", r."createdById"
     FROM json_to_record($2::json) AS r(id uuid, "dealId" uuid, "workOrderId" uuid, "expiresAt" timestamptz, "createdById" uuid)
     RETURNING id
   )
   INSERT INTO reservation_lines (company_id, reservation_id, product_id, location_id, quantity, open_quantity)
   SELECT $1, made.id, l."productId", l."locationId", l.quantity, l.quantity
   FROM made, json_to_recordset($3::json) AS l("productId" uuid, "locationId" uuid, quantity numeric)`,
)

/** What a reservation still holds somewhere. */
export type OpenLine = {
  readonly companyId: string
  readonly reservationId: string
  readonly productId: string
  readonly locationId: string
  readonly quantity: string
}

export type LockedReservation = {
  readonly companyId: string
  readonly id: string
  readonly status: ReservationStatus
  readonly dealId: string | null
  readonly workOrderId: string | null
  readonly version: number
}

const LOCKED = `r.company_id AS "companyId", r.id, r.status, r.deal_id AS "dealId", r.work_order_id AS "workOrderId", r.version`

/** Locks the reservation: its lines change only under this lock. */
export async function lockReservation(tx: Tx, companyId: string, id: string): Promise<LockedReservation | undefined> {
  return runOne(tx, lockStatement, [companyId, id])
}

const lockStatement = statement(
  'lock_reservation',
  `SELECT ${LOCKED} FROM reservations r WHERE r.company_id = $1 AND r.id = $2 FOR NO KEY UPDATE`,
)

/** Locks the open reservations of work orders, in the order in which they were made. */
export async function lockWorkOrderReservations(
  tx: Tx,
  companyId: string,
  workOrderIds: readonly string[],
): Promise<LockedReservation[]> {
  return run(tx, lockOfWorkOrdersStatement, [companyId, workOrderIds])
}

const lockOfWorkOrdersStatement = statement(
  'lock_work_order_reservations',
  `SELECT ${LOCKED} FROM reservations r WHERE r.company_id = $1 AND r.work_order_id = ANY ($2::uuid[]) AND r.status = 'OPEN'
   ORDER BY r.id FOR NO KEY UPDATE`,
)

/** Locks one reservation whose time is over; one that somebody is settling already is left to him. */
export async function lockDueReservation(tx: Tx): Promise<LockedReservation | undefined> {
  return runOne(tx, lockDueStatement, [])
}

const lockDueStatement = statement(
  'lock_due_reservation',
  `SELECT ${LOCKED} FROM reservations r WHERE r.status = 'OPEN' AND r.expires_at <= statement_timestamp()
   ORDER BY r.expires_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`,
)

/** A statement of its own after the lock: only a younger snapshot shows what the one before left. */
export async function findOpenLines(tx: Tx, companyId: string, reservationIds: readonly string[]): Promise<OpenLine[]> {
  return run(tx, findOpenLinesStatement, [companyId, reservationIds])
}

const findOpenLinesStatement = statement(
  'find_open_reservation_lines',
  `SELECT company_id AS "companyId", reservation_id AS "reservationId", product_id AS "productId", location_id AS "locationId",
     open_quantity::text AS quantity
   FROM reservation_lines WHERE company_id = $1 AND reservation_id = ANY ($2::uuid[]) AND open_quantity > 0
   ORDER BY reservation_id, product_id, location_id`,
)

/** Ends reservations: whatever they still held is free, or went out with the posting that ends them. */
export async function closeReservations(
  tx: Tx,
  companyId: string,
  ids: readonly string[],
  status: Exclude<ReservationStatus, 'OPEN'>,
): Promise<void> {
  await run(tx, closeStatement, [companyId, ids, status])
}

const closeStatement = statement(
  'close_reservations',
  `WITH closed AS (
     UPDATE reservations SET status = $3, version = version + 1, updated_at = statement_timestamp() WHERE company_id = $1 AND id = ANY ($2::uuid[])
   )
   UPDATE reservation_lines SET open_quantity = 0 WHERE company_id = $1 AND reservation_id = ANY ($2::uuid[]) AND open_quantity > 0`,
)

/** Takes from what reservations hold; one that then holds nothing is consumed. */
export async function takeFromReservations(tx: Tx, companyId: string, taken: readonly OpenLine[]): Promise<void> {
  if (taken.length === 0) return
  await run(tx, takeStatement, [
    companyId,
    taken.map((line) => line.reservationId),
    taken.map((line) => line.productId),
    taken.map((line) => line.locationId),
    taken.map((line) => line.quantity),
  ])
  await run(tx, closeEmptyStatement, [companyId, [...new Set(taken.map((line) => line.reservationId))]])
}

const takeStatement = statement(
  'take_from_reservations',
  `UPDATE reservation_lines l SET open_quantity = l.open_quantity - t.quantity
   FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::numeric[]) AS t(reservation_id, product_id, location_id, quantity)
   WHERE l.company_id = $1 AND l.reservation_id = t.reservation_id AND l.product_id = t.product_id AND l.location_id = t.location_id`,
)

const closeEmptyStatement = statement(
  'close_empty_reservations',
  `UPDATE reservations r SET version = r.version + 1, updated_at = statement_timestamp(),
     status = CASE WHEN EXISTS (SELECT FROM reservation_lines l WHERE l.company_id = $1 AND l.reservation_id = r.id AND l.open_quantity > 0)
       THEN r.status ELSE 'CONSUMED' END
   WHERE r.company_id = $1 AND r.id = ANY ($2::uuid[])`,
)
