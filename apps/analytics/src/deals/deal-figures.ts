import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import { ownFiguresOf } from '../directory/scope.ts'
import type { Window } from '../windows/window.ts'

/** `$2` is null or the user whose deals count: assigned to them, or created by them and assigned to nobody. */
export const ownDeals = '($2::uuid IS NULL OR d.owner_id = $2 OR (d.owner_id IS NULL AND d.created_by_id = $2))'

/** Money is added up in the company's currency; what was won under another base currency is counted, not added. */
const closedFigures = (edges: string, currency: string) => `jsonb_build_object(
  'won', count(*) FILTER (WHERE won AND ${edges}),
  'lost', count(*) FILTER (WHERE NOT won AND ${edges}),
  'winRate', round(count(*) FILTER (WHERE won AND ${edges})::numeric / nullif(count(*) FILTER (WHERE ${edges}), 0), 4),
  'revenue', coalesce(sum(base_value) FILTER (WHERE won AND ${edges} AND base_currency = ${currency}), 0.00)::text,
  'currency', ${currency}::text,
  'wonInOtherCurrency', count(*) FILTER (WHERE won AND ${edges} AND base_currency <> ${currency}),
  'avgCycleDays', round((avg(extract(epoch FROM closed_at - created_at)) FILTER (WHERE won AND ${edges}) / 86400)::numeric, 2))`

const dealPanel = statement(
  'deal_panel',
  `WITH closed AS (
     SELECT d.stage_kind = 'WON' AS won, d.base_value, d.base_currency, d.created_at, d.closed_at
     FROM deal_facts d
     WHERE d.company_id = $1 AND NOT d.deleted AND ${ownDeals}
       AND d.closed_at >= $5::timestamptz AND d.closed_at < $4::timestamptz AND d.stage_kind <> 'OPEN'
   ), entered AS (
     SELECT count(*) FILTER (WHERE d.created_at >= $3::timestamptz) AS current, count(*) FILTER (WHERE d.created_at < $3::timestamptz) AS previous
     FROM deal_facts d
     WHERE d.company_id = $1 AND NOT d.deleted AND ${ownDeals} AND d.created_at >= $5::timestamptz AND d.created_at < $4::timestamptz
   ), open AS (
     SELECT count(*) AS open FROM deal_facts d WHERE d.company_id = $1 AND NOT d.deleted AND d.stage_kind = 'OPEN' AND ${ownDeals}
   )
   SELECT (jsonb_build_object('open', (SELECT open FROM open), 'created', (SELECT current FROM entered)) || ${closedFigures('closed_at >= $3', '$6')})::text AS current,
          (jsonb_build_object('created', (SELECT previous FROM entered)) || ${closedFigures('closed_at < $3', '$6')})::text AS previous
   FROM closed`,
)

/** Open deals now, and what was created and closed in the window and in the one before. */
export async function getDealPanel(
  tx: Tx,
  actor: Actor,
  window: Window,
): Promise<{ current: string; previous: string }> {
  const values = [
    actor.companyId,
    ownFiguresOf(actor),
    window.from,
    window.to,
    window.previousFrom,
    actor.company.currency,
  ]
  return (
    (await runOne<{ current: string; previous: string }>(tx, dealPanel, values)) ?? { current: '{}', previous: '{}' }
  )
}

export const revenueGranularities = ['day', 'week', 'month', 'quarter'] as const
export type RevenueGranularity = (typeof revenueGranularities)[number]

/** Periods without a won deal are in the series too. A period is named by its first day in the company's time zone. */
const revenueSeries = statement(
  'revenue_series',
  `WITH won AS (
     SELECT date_trunc($7, d.closed_at AT TIME ZONE $6)::date AS start, sum(d.base_value) FILTER (WHERE d.base_currency = $5) AS revenue, count(*) AS count
     FROM deal_facts d
     WHERE d.company_id = $1 AND NOT d.deleted AND ${ownDeals} AND d.stage_kind = 'WON'
       AND d.closed_at >= $3::timestamptz AND d.closed_at < $4::timestamptz
     GROUP BY 1
   ), periods AS (
     SELECT start::date FROM generate_series(
       date_trunc($7, $3::timestamptz AT TIME ZONE $6), ($4::timestamptz - interval '1 ms') AT TIME ZONE $6,
       CASE $7 WHEN 'quarter' THEN interval '3 months' ELSE ('1 ' || $7)::interval END) AS start
   )
   SELECT coalesce(jsonb_agg(jsonb_build_object('start', p.start, 'revenue', coalesce(w.revenue, 0.00)::text,
     'count', coalesce(w.count, 0)) ORDER BY p.start), '[]')::text AS series
   FROM periods p LEFT JOIN won w USING (start)`,
)

export async function getRevenueSeries(
  executor: Executor,
  actor: Actor,
  window: Pick<Window, 'from' | 'to' | 'timeZone'>,
  granularity: RevenueGranularity,
): Promise<string> {
  const values = [
    actor.companyId,
    ownFiguresOf(actor),
    window.from,
    window.to,
    actor.company.currency,
    window.timeZone,
    granularity,
  ]
  const row = await runOne<{ series: string }>(executor, revenueSeries, values)
  return row?.series ?? '[]'
}

const sourceFigures = statement(
  'source_figures',
  `SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.created DESC, s.source NULLS LAST), '[]')::text AS sources
   FROM (
     SELECT d.source, count(*) AS created,
       count(*) FILTER (WHERE d.stage_kind = 'OPEN') AS open,
       count(*) FILTER (WHERE d.stage_kind = 'WON') AS won,
       count(*) FILTER (WHERE d.stage_kind = 'LOST') AS lost,
       round(count(*) FILTER (WHERE d.stage_kind = 'WON')::numeric / count(*), 4) AS "conversionRate",
       round(count(*) FILTER (WHERE d.stage_kind = 'WON')::numeric / nullif(count(*) FILTER (WHERE d.stage_kind <> 'OPEN'), 0), 4) AS "winRate",
       coalesce(sum(d.base_value) FILTER (WHERE d.stage_kind = 'WON' AND d.base_currency = $5), 0.00)::text AS revenue
     FROM deal_facts d
     WHERE d.company_id = $1 AND NOT d.deleted AND ${ownDeals} AND d.created_at >= $3::timestamptz AND d.created_at < $4::timestamptz
     GROUP BY d.source
   ) s`,
)

/** What became of the deals created in the window, by where they came from; one pass. */
export async function getSourceFigures(executor: Executor, actor: Actor, window: Window): Promise<string> {
  const values = [actor.companyId, ownFiguresOf(actor), window.from, window.to, actor.company.currency]
  const row = await runOne<{ sources: string }>(executor, sourceFigures, values)
  return row?.sources ?? '[]'
}
