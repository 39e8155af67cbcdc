import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

export const WINDOWS = [7, 30, 90] as const

/** SQL relation `made`: what each agent did in each of `windows (days, since, until, currency)`; `$1` is the company. */
export const agentsIn = (windows: string) => `windows AS (${windows}), calls AS (
     SELECT w.days, a.agent_id, sum(a.offered) AS offered, sum(a.answered) AS answered, sum(a.talk_seconds) AS talk,
       sum(a.talk_seconds + a.hold_seconds + a.wrap_up_seconds) AS handled
     FROM windows w JOIN agent_call_facts a ON a.company_id = $1 AND a.started_at >= w.since AND a.started_at < w.until GROUP BY 1, 2
   ), deals AS (
     SELECT w.days, d.owner_id AS agent_id, count(*) FILTER (WHERE d.stage_kind = 'WON') AS won,
       count(*) FILTER (WHERE d.stage_kind = 'LOST') AS lost,
       sum(d.base_value) FILTER (WHERE d.stage_kind = 'WON' AND d.base_currency = w.currency) AS revenue
     FROM windows w JOIN deal_facts d
       ON d.company_id = $1 AND NOT d.deleted AND d.closed_at >= w.since AND d.closed_at < w.until AND d.stage_kind <> 'OPEN'
     WHERE d.owner_id IS NOT NULL GROUP BY 1, 2
   ), orders AS (
     SELECT w.days, assignee AS agent_id, count(*) AS approved
     FROM windows w JOIN work_order_facts o ON o.company_id = $1 AND NOT o.deleted AND o.approved_at >= w.since AND o.approved_at < w.until,
       unnest(o.assignee_ids) AS assignee
     GROUP BY 1, 2
   ), activities AS (
     SELECT w.days, coalesce(a.assigned_to_id, a.created_by_id) AS agent_id, count(*) AS done
     FROM windows w JOIN activity_facts a ON a.company_id = $1 AND NOT a.deleted AND a.done_at >= w.since AND a.done_at < w.until
     WHERE coalesce(a.assigned_to_id, a.created_by_id) IS NOT NULL GROUP BY 1, 2
   ), made AS (
     SELECT days AS window_days, agent_id, coalesce(offered, 0) AS calls_offered, coalesce(answered, 0) AS calls_answered,
       coalesce(talk, 0) AS talk_seconds, round(handled / nullif(answered, 0), 3) AS aht_seconds, coalesce(won, 0) AS deals_won,
       coalesce(lost, 0) AS deals_lost, round(won::numeric / nullif(won + lost, 0), 4) AS win_rate, coalesce(revenue, 0.00) AS revenue,
       coalesce(approved, 0) AS work_orders_approved, coalesce(done, 0) AS activities_done
     FROM calls FULL JOIN deals USING (days, agent_id) FULL JOIN orders USING (days, agent_id) FULL JOIN activities USING (days, agent_id)
   )`

/** One statement for all windows: whole days on the company's clocks, today included. */
const upsertSnapshots = statement(
  'upsert_agent_snapshots',
  `WITH settings AS (
     SELECT time_zone, currency FROM company_settings WHERE company_id = $1
   ), ${agentsIn(`SELECT days, (((now() AT TIME ZONE time_zone)::date - (days - 1))::timestamp AT TIME ZONE time_zone) AS since,
       'infinity'::timestamptz AS until, currency
     FROM settings, unnest(ARRAY[${WINDOWS.join(', ')}]) AS days`)}, written AS (
     INSERT INTO agent_snapshots (company_id, window_days, agent_id, taken_at, calls_offered, calls_answered, talk_seconds, aht_seconds, deals_won,
       deals_lost, win_rate, revenue, currency, work_orders_approved, activities_done)
     SELECT $1, window_days, agent_id, $2::timestamptz, calls_offered, calls_answered, talk_seconds, aht_seconds, deals_won,
       deals_lost, win_rate, revenue, (SELECT currency FROM settings), work_orders_approved, activities_done
     FROM made ORDER BY window_days, agent_id
     ON CONFLICT (company_id, window_days, agent_id) DO UPDATE SET taken_at = EXCLUDED.taken_at, calls_offered = EXCLUDED.calls_offered,
       calls_answered = EXCLUDED.calls_answered, talk_seconds = EXCLUDED.talk_seconds, aht_seconds = EXCLUDED.aht_seconds,
       deals_won = EXCLUDED.deals_won, deals_lost = EXCLUDED.deals_lost, win_rate = EXCLUDED.win_rate, revenue = EXCLUDED.revenue,
       currency = EXCLUDED.currency, work_orders_approved = EXCLUDED.work_orders_approved,
       activities_done = EXCLUDED.activities_done
     RETURNING agent_id
   )
   SELECT count(DISTINCT agent_id) AS agents FROM written`,
)

/** Those who did nothing in the window any more. */
const dropOlder = statement(
  'drop_older_agent_snapshots',
  'DELETE FROM agent_snapshots WHERE company_id = $1 AND taken_at < $2::timestamptz',
)

/** Answers the number of agents. */
export async function replaceAgentSnapshots(tx: Tx, companyId: string, takenAt: string): Promise<number> {
  const row = await runOne<{ agents: number }>(tx, upsertSnapshots, [companyId, takenAt])
  await run(tx, dropOlder, [companyId, takenAt])
  return row?.agents ?? 0
}

const selectCompanies = statement(
  'list_snapshot_companies',
  `SELECT company_id FROM company_settings WHERE $1::uuid IS NULL OR company_id > $1 ORDER BY company_id LIMIT 200`,
)

export async function listCompaniesAfter(executor: Executor, after: string | null): Promise<string[]> {
  const rows = await run<{ company_id: string }>(executor, selectCompanies, [after])
  return rows.map((row) => row.company_id)
}
