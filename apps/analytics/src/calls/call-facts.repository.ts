import { run, statement, type Tx } from '@dealwire/db/client'
import { upsertNewer } from '../projections/upsert-newer.ts'
import { type CallKey, holdZones, shiftRollups } from './call-rollups.repository.ts'

export type CallFact = {
  readonly company_id: string
  readonly call_id: string
  readonly version: number
  /** Null: no call of its own any more; its version stays behind, so that late events cannot bring it back. */
  readonly started_at: string | null
  readonly [column: string]: unknown
}

/** Writes calls with their queue visits and agents, and keeps the rollups; of each call the newest version stays, in the month in which it says the call started. */
export async function replaceCallFacts(tx: Tx, calls: readonly CallFact[]): Promise<void> {
  if (calls.length === 0) return
  const newest = newestOfEach(calls)
  await holdZones(
    tx,
    newest.map((call) => call.company_id),
  )
  const accepted = await run<Accepted>(tx, acceptVersions, [JSON.stringify(newest)])
  const outdated = accepted.flatMap(({ was_at, ...key }) => (was_at === null ? [] : [{ ...key, started_at: was_at }]))
  const present = accepted.filter((call): call is Accepted & CallKey => call.started_at !== null)
  await shiftRollups(tx, -1, outdated)
  if (outdated.length > 0) await run(tx, deleteOutdated, [JSON.stringify(outdated)])
  if (present.length === 0) return
  const ids = new Set(present.map(keyOf))
  await run(tx, coverMonths, [[...new Set(present.map((call) => `${call.started_at.slice(0, 7)}-01`))]])
  await run(tx, insertCalls, [JSON.stringify(newest.filter((call) => ids.has(keyOf(call))))])
  await shiftRollups(tx, 1, present)
}

/** Where a call was and is now among the single calls; null where it is not among them. */
type Accepted = Omit<CallKey, 'started_at'> & { readonly started_at: string | null; readonly was_at: string | null }

const keyOf = ({ company_id, call_id }: Pick<CallKey, 'company_id' | 'call_id'>) => `${company_id} ${call_id}`

function newestOfEach(calls: readonly CallFact[]): CallFact[] {
  const newest = new Map<string, CallFact>()
  for (const call of calls) {
    const key = keyOf(call)
    const known = newest.get(key)
    if (known === undefined || known.version < call.version) newest.set(key, call)
  }
  return [...newest.values()]
}

const coverMonths = statement('cover_call_months', 'SELECT cover_months($1::date[])')

/** A call that was counted and dropped by retention stays where it was: it cannot be taken off, so it must not be added again. */
const acceptVersions = statement(
  'accept_call_versions',
  `WITH accepted AS (
     INSERT INTO call_versions AS stored (company_id, call_id, version, started_at)
     SELECT company_id, call_id, version, started_at
     FROM json_to_recordset($1::json) AS given(company_id uuid, call_id uuid, version integer, started_at timestamptz(3))
     ORDER BY company_id, call_id
     ON CONFLICT (company_id, call_id) DO UPDATE SET version = EXCLUDED.version, started_at =
         CASE WHEN stored.started_at < (SELECT kept_from FROM rollup_zones z WHERE z.company_id = stored.company_id)
           THEN stored.started_at ELSE EXCLUDED.started_at END
       WHERE stored.version < EXCLUDED.version
     RETURNING stored.company_id, stored.call_id, stored.started_at, old.started_at AS was_at
   )
   SELECT company_id, call_id,
     CASE WHEN kept_from IS NULL OR started_at >= kept_from THEN iso(started_at) END AS started_at,
     CASE WHEN kept_from IS NULL OR was_at >= kept_from THEN iso(was_at) END AS was_at
   FROM accepted JOIN rollup_zones USING (company_id)`,
)

const deleteOutdated = statement(
  'delete_outdated_calls',
  `WITH outdated AS (
     SELECT * FROM json_to_recordset($1::json) AS o(company_id uuid, started_at timestamptz(3), call_id uuid)
   ), without_calls AS (
     DELETE FROM call_facts f USING outdated o WHERE f.company_id = o.company_id AND f.started_at = o.started_at AND f.call_id = o.call_id
   ), without_visits AS (
     DELETE FROM queue_visit_facts v USING outdated o WHERE v.company_id = o.company_id AND v.started_at = o.started_at AND v.call_id = o.call_id
   )
   DELETE FROM agent_call_facts a USING outdated o WHERE a.company_id = o.company_id AND a.started_at = o.started_at AND a.call_id = o.call_id`,
)

const insertCalls = statement(
  'insert_call_facts',
  `WITH given AS (
     SELECT g.* FROM json_to_recordset($1::json) AS g(company_id uuid, call_id uuid, version integer, started_at timestamptz(3),
       direction text, status text, queue text, agent_id uuid, connection_id uuid, customer_id uuid, contact_id uuid,
       answered_at timestamptz(3), ended_at timestamptz(3), ring_seconds numeric, wait_seconds numeric, talk_seconds numeric,
       hold_seconds numeric, wrap_up_seconds numeric, visits json, agents json)
   ), calls AS (
     INSERT INTO call_facts (company_id, started_at, call_id, direction, status, queue, agent_id, connection_id, customer_id, contact_id,
       answered_at, ended_at, ring_seconds, wait_seconds, talk_seconds, hold_seconds, wrap_up_seconds, queue_visits)
     SELECT company_id, started_at, call_id, direction, status, queue, agent_id, connection_id, customer_id, contact_id,
       answered_at, ended_at, ring_seconds, wait_seconds, talk_seconds, hold_seconds, wrap_up_seconds, json_array_length(visits) FROM given
     ON CONFLICT DO NOTHING
   ), agents AS (
     INSERT INTO agent_call_facts (company_id, started_at, call_id, agent_id, offered, answered, ring_no_answer, talk_seconds, hold_seconds,
       wrap_up_seconds, direction, call_queue)
     SELECT given.company_id, given.started_at, given.call_id, a.agent_id, a.offered, a.answered, a.ring_no_answer, a.talk_seconds,
       a.hold_seconds, a.wrap_up_seconds, given.direction, given.queue
     FROM given, json_to_recordset(given.agents) AS a(agent_id uuid, offered integer, answered integer, ring_no_answer integer,
       talk_seconds numeric, hold_seconds numeric, wrap_up_seconds numeric)
     ON CONFLICT DO NOTHING
   )
   INSERT INTO queue_visit_facts (company_id, started_at, call_id, visit, queue, entered_at, outcome, agent_id, wait_seconds,
     direction, call_queue, call_agent_id)
   SELECT given.company_id, given.started_at, given.call_id, v.visit, v.queue, v.entered_at, v.outcome, v.agent_id, v.wait_seconds,
     given.direction, given.queue, given.agent_id
   FROM given, json_to_recordset(given.visits) AS v(visit integer, queue text, entered_at timestamptz(3), outcome text, agent_id uuid,
     wait_seconds numeric)
   ON CONFLICT DO NOTHING`,
)

export const upsertQueueSettings = upsertNewer({
  name: 'queue_settings',
  key: ['company_id', 'queue'],
  columns: {
    company_id: 'uuid',
    queue: 'text',
    version: 'integer',
    name: 'text',
    threshold_seconds: 'integer',
    short_abandon_seconds: 'integer',
    include_abandoned: 'boolean',
    deleted: 'boolean',
  },
})
