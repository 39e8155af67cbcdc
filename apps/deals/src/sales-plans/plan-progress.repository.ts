import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import type { Period } from './period.ts'
import type { Subject } from './sales-plans.repository.ts'

// $1 company, $2 period, $3 its first day, $4 its last, $5 the company's currency, $6 its time zone.
const START = `($3::date::timestamp AT TIME ZONE $6)`
const END = `(($4::date + 1)::timestamp AT TIME ZONE $6)`
const ELAPSED = `least(1, extract(epoch FROM now() - ${START}) / extract(epoch FROM ${END} - ${START}))`

const WON = `d.company_id = $1 AND d.stage_kind = 'WON' AND d.deleted_at IS NULL AND d.closed_at >= ${START} AND d.closed_at < ${END}`
const WON_FIGURES = `coalesce(sum(d.base_value) FILTER (WHERE d.base_currency = $5), 0)::numeric(20, 2) AS revenue, count(*)::int AS deals`

/** Of a plan `p`, or its absence, and what was won, `w`. A target that was set in another base currency cannot be compared. */
const FIGURES = `(SELECT json_agg(json_build_object('metric', f.metric, 'currency', f.currency, 'target', f.target, 'actual', f.actual,
    'percent', round(100 * f.won / nullif(f.wanted, 0), 2),
    'pace', CASE WHEN ${ELAPSED} > 0 THEN round((100 * f.won / nullif(f.wanted, 0) / ${ELAPSED})::numeric, 2) END))
  FROM (VALUES
    ('revenue', $5::text, to_json(CASE WHEN p.base_currency = $5 THEN p.base_revenue END::text), to_json(w.revenue::text),
      CASE WHEN p.base_currency = $5 THEN p.base_revenue END, w.revenue),
    ('count', NULL, to_json(p.won_deals), to_json(w.deals), p.won_deals::numeric, w.deals::numeric)
  ) AS f(metric, currency, target, actual, wanted, won))`

/** The head of an answer, without its closing bracket. */
const HEAD = `'period', $2::text, 'periodStart', $3::date, 'periodEnd', $4::date, 'currency', $5::text, 'asOf', iso(now())`

const valuesOf = ({ companyId, company }: Actor, { period, periodStart, periodEnd }: Period) => [
  ...[companyId, period, periodStart, periodEnd, company.currency, company.timeZone],
]

/** One subject's figures in one aggregate, as finished JSON. */
export async function findProgress(db: Executor, actor: Actor, period: Period, subject: Subject): Promise<string> {
  const values = [...valuesOf(actor, period), subject.userId, subject.teamId]
  const found = await runOne<{ json: string }>(db, progressStatement, values)
  if (found === undefined) throw new Error('An aggregate answers one row')
  return found.json
}

const SUBJECT_PLAN = `LEFT JOIN sales_plans p ON p.company_id = $1 AND p.period = $2
  AND p.user_id IS NOT DISTINCT FROM $7::uuid AND p.team_id IS NOT DISTINCT FROM $8::uuid`

const SUBJECT_WON = `(SELECT ${WON_FIGURES} FROM deals d WHERE ${WON} AND ($7::uuid IS NULL OR d.assigned_to_id = $7)
  AND ($8::uuid IS NULL OR d.assigned_to_id IN (SELECT user_id FROM team_members WHERE company_id = $1 AND team_id = $8))) w`

const progressStatement = statement(
  'sales_plan_progress',
  `SELECT json_build_object(${HEAD}, 'userId', $7::uuid, 'teamId', $8::uuid, 'planId', p.id, 'targets', ${FIGURES})::text AS json
   FROM ${SUBJECT_WON} ${SUBJECT_PLAN}`,
)

/** Filters `period` … `timeZone` come first: they have fixed places in the statement. One row per user, however many deals there are. */
export const teamProgressList: ListSpec = {
  name: 'team_progress',
  from: `(
    SELECT u.company_id, u.id, u.name, u.active, p.id AS plan_id, p.base_revenue, p.base_currency, p.won_deals,
      coalesce(won.revenue, 0)::numeric(20, 2) AS revenue, coalesce(won.deals, 0) AS deals
    FROM user_refs u
    LEFT JOIN sales_plans p ON p.company_id = $1 AND p.period = $2 AND p.user_id = u.id
    LEFT JOIN (SELECT d.assigned_to_id, ${WON_FIGURES} FROM deals d WHERE ${WON} GROUP BY d.assigned_to_id) won ON won.assigned_to_id = u.id
    WHERE u.company_id = $1
  ) r`,
  alias: 'r',
  where: '(r.active OR r.plan_id IS NOT NULL OR r.deals > 0)',
  item: `json_build_object('userId', r.id, 'name', r.name, 'planId', r.plan_id, 'targets', ${FIGURES})`,
  joins:
    'CROSS JOIN LATERAL (SELECT r.base_revenue, r.base_currency, r.won_deals) p CROSS JOIN LATERAL (SELECT r.revenue, r.deals) w',
  sorts: { name: { expression: 'lower(r.name COLLATE pg_c_utf8)', type: 'text' } },
  filters: {
    period: '$?::text IS NOT NULL',
    periodStart: '$?::date IS NOT NULL',
    periodEnd: '$?::date IS NOT NULL',
    currency: '$?::text IS NOT NULL',
    timeZone: '$?::text IS NOT NULL',
    userId: 'r.id = $?',
    teamId: 'r.id IN (SELECT user_id FROM team_members WHERE company_id = $1 AND team_id = $?)',
  },
}
