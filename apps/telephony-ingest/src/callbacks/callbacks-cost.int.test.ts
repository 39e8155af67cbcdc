import { randomUUID } from 'node:crypto'
import { run, runOne, statement, type Tx, withTx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { connect, startApp } from '../../test/start-app.ts'
import { openCallbacks, resolveCallbacks } from './callbacks.repository.ts'

const CALLS = 3_000
const NUMBERS = 20

const addCalls = statement(
  'test_add_calls',
  `INSERT INTO calls (company_id, id, connection_id, external_id, direction, status, remote_e164, started_at, answered_at, ended_at,
     ring_seconds, wait_seconds, talk_seconds, hold_seconds, wrap_up_seconds, has_final_record, flags, legs, queue_visits, agent_segments,
     recordings, events_count, last_event_at, digest)
   SELECT $1, uuidv7(), $2, n, 'INBOUND', CASE n WHEN 1 THEN 'MISSED' ELSE 'COMPLETED' END, '+9955' || (10000000 + n),
     now(), CASE WHEN n > 1 THEN now() END, now(),
     0, 0, 0, 0, 0, false, '{}', '[]', '[]', '[]', '[]', 1, now(), ''
   FROM generate_series(1, $3::int) AS n`,
)
const fetched = statement(
  'test_fetched_calls',
  `SELECT (coalesce(idx_tup_fetch, 0) + seq_tup_read)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'calls'`,
)
const rowsRead = async (tx: Tx) => (await runOne<{ rows: number }>(tx, fetched, []))?.rows ?? Number.NaN

test('settling some numbers reads their calls and no others, before anything was analysed too', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const { id } = await connect(app, actor)
  await run(app.database, addCalls, [actor.companyId, id, CALLS])
  const numbers = Array.from({ length: NUMBERS }, (_, n) => ({
    company_id: actor.companyId,
    phone: `+9955${10_000_001 + n}`,
    id: newId(),
  }))
  const read = await withTx(app.database, async (tx) => {
    const before = await rowsRead(tx)
    expect(await resolveCallbacks(tx, numbers)).toEqual([])
    const stranger = { company_id: randomUUID(), phone: '+9951', id: newId() }
    expect(await openCallbacks(tx, [...numbers, stranger])).toMatchObject([{ state: { phone: numbers[0]?.phone } }])
    return (await rowsRead(tx)) - before
  })
  // The one that called in vain is looked at once more, and by the callback's foreign key.
  expect(read).toBeLessThanOrEqual(NUMBERS + 4)
})
