import type { SalesPlan } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import type { Period } from './period.ts'

/** Targets as they are stored: the revenue as given, and in the company's currency. Null is no target. */
export type Targets = {
  readonly revenue: string | null
  readonly revenueCurrency: string | null
  readonly rate: string | null
  readonly baseCurrency: string | null
  readonly wonDeals: number | null
}

export type Subject = { readonly userId: string | null; readonly teamId: string | null }

const PLAN_JSON = `json_build_object('id', p.id, 'userId', p.user_id, 'userName', u.name, 'teamId', p.team_id, 'teamName', t.name,
  'period', p.period, 'periodStart', p.period_start, 'periodEnd', p.period_end,
  'targets', to_json(array_remove(ARRAY[
    CASE WHEN p.revenue IS NOT NULL THEN jsonb_build_object('metric', 'revenue', 'currency', p.revenue_currency, 'value', p.revenue::text) END,
    CASE WHEN p.won_deals IS NOT NULL THEN jsonb_build_object('metric', 'count', 'currency', NULL, 'value', p.won_deals) END], NULL)),
  'createdById', p.created_by_id, 'version', p.version, 'createdAt', iso(p.created_at), 'updatedAt', iso(p.updated_at))`

const JOINS = `LEFT JOIN user_refs u ON u.company_id = p.company_id AND u.id = p.user_id
  LEFT JOIN teams t ON t.company_id = p.company_id AND t.id = p.team_id`

export const salesPlanList: ListSpec = {
  name: 'sales_plans',
  from: 'sales_plans p',
  alias: 'p',
  where: 'p.company_id = $1',
  item: PLAN_JSON,
  joins: JOINS,
  sorts: {
    periodStart: { expression: 'p.period_start', type: 'date' },
    createdAt: { expression: 'p.created_at', type: 'timestamptz' },
  },
  filters: { userId: 'p.user_id = $?', teamId: 'p.team_id = $?', period: 'p.period = $?' },
}

type PlanRow = { readonly plan: SalesPlan }

export async function findPlan(db: Executor, companyId: string, id: string): Promise<SalesPlan | undefined> {
  return (await runOne<PlanRow>(db, findStatement, [companyId, id]))?.plan
}

const findStatement = statement(
  'find_sales_plan',
  `SELECT ${PLAN_JSON} AS plan FROM sales_plans p ${JOINS} WHERE p.company_id = $1 AND p.id = $2`,
)

export async function lockPlan(tx: Tx, companyId: string, id: string): Promise<SalesPlan | undefined> {
  return (await runOne<PlanRow>(tx, lockStatement, [companyId, id]))?.plan
}

const lockStatement = statement(
  'lock_sales_plan',
  `SELECT ${PLAN_JSON} AS plan FROM sales_plans p ${JOINS} WHERE p.company_id = $1 AND p.id = $2 FOR UPDATE OF p`,
)

/** Undefined when there is one for the same period. */
export async function insertPlan(
  tx: Tx,
  companyId: string,
  plan: { id: string; createdById: string | null; period: Period; subject: Subject; targets: Targets },
): Promise<SalesPlan | undefined> {
  const { period, periodStart, periodEnd } = plan.period
  const { userId, teamId } = plan.subject
  const values = [companyId, plan.id, ...targetValues(plan.targets), userId, teamId, period, periodStart, periodEnd]
  return (await runOne<PlanRow>(tx, insertStatement, [...values, plan.createdById]))?.plan
}

const targetValues = ({ revenue, revenueCurrency, rate, baseCurrency, wonDeals }: Targets) => [
  ...[revenue, revenueCurrency, rate, baseCurrency, wonDeals],
]

const insertStatement = statement(
  'insert_sales_plan',
  `WITH p AS (
     INSERT INTO sales_plans (company_id, id, revenue, revenue_currency, base_revenue, base_currency, won_deals, user_id, team_id, period,
       period_start, period_end, created_by_id)
     VALUES ($1, $2, $3, $4, round($3::numeric * $5::numeric, 2), $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (company_id, period, user_id, team_id) DO NOTHING RETURNING *
   ) SELECT ${PLAN_JSON} AS plan FROM p ${JOINS}`,
)

export async function updatePlanRow(
  tx: Tx,
  companyId: string,
  id: string,
  targets: Targets,
): Promise<SalesPlan | undefined> {
  return (await runOne<PlanRow>(tx, updateStatement, [companyId, id, ...targetValues(targets)]))?.plan
}

const updateStatement = statement(
  'update_sales_plan',
  `WITH p AS (
     UPDATE sales_plans SET revenue = $3, revenue_currency = $4, base_revenue = round($3::numeric * $5::numeric, 2), base_currency = $6,
       won_deals = $7, version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${PLAN_JSON} AS plan FROM p ${JOINS}`,
)

export async function deletePlanRow(tx: Tx, companyId: string, id: string): Promise<void> {
  await run(tx, deleteStatement, [companyId, id])
}

const deleteStatement = statement('delete_sales_plan', 'DELETE FROM sales_plans WHERE company_id = $1 AND id = $2')
