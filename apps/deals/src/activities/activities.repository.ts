import type { Activity } from '@dealwire/contracts'
import { type Executor, run, statement, type Tx } from '@dealwire/db/client'
import { activities } from '@dealwire/db/deals'
import type { ListSpec } from '@dealwire/db/page'
import { and, eq, type SQL, sql } from 'drizzle-orm'

export type ActivityFields = Pick<
  Activity,
  'kind' | 'subject' | 'body' | 'dueAt' | 'doneAt' | 'startsAt' | 'endsAt' | 'assignedToId'
>

const iso = (column: SQL.Aliased | unknown) => sql<string | null>`iso(${column})`

const columns = {
  id: activities.id,
  dealId: activities.dealId,
  kind: sql<Activity['kind']>`${activities.kind}`,
  subject: activities.subject,
  body: activities.body,
  dueAt: iso(activities.dueAt),
  doneAt: iso(activities.doneAt),
  startsAt: iso(activities.startsAt),
  endsAt: iso(activities.endsAt),
  assignedToId: activities.assignedToId,
  callId: activities.callId,
  createdById: activities.createdById,
  version: activities.version,
  createdAt: sql<string>`iso(${activities.createdAt})`,
  updatedAt: sql<string>`iso(${activities.updatedAt})`,
}

type Place = { readonly companyId: string; readonly dealId: string; readonly id: string }

const at = ({ companyId, dealId, id }: Place) =>
  and(eq(activities.companyId, companyId), eq(activities.dealId, dealId), eq(activities.id, id))

export async function insertActivity(
  tx: Tx,
  activity: ActivityFields & Place & { readonly createdById: string | null },
): Promise<Activity | undefined> {
  const [made] = await tx.orm.insert(activities).values(activity).returning(columns)
  return made
}

export async function findActivity(db: Executor, place: Place): Promise<Activity | undefined> {
  const [found] = await db.orm.select(columns).from(activities).where(at(place))
  return found
}

export async function lockActivity(tx: Tx, place: Place): Promise<Activity | undefined> {
  const [found] = await tx.orm.select(columns).from(activities).where(at(place)).for('update')
  return found
}

/** Another time to be done by is one that may be missed, and told of, again. */
export async function updateActivityRow(tx: Tx, place: Place, fields: ActivityFields): Promise<Activity | undefined> {
  const [saved] = await tx.orm
    .update(activities)
    .set({
      ...fields,
      overdueToldAt: sql`CASE WHEN ${activities.dueAt} = ${fields.dueAt}::timestamptz THEN ${activities.overdueToldAt} END`,
      version: sql`${activities.version} + 1`,
      updatedAt: sql`statement_timestamp()`,
    })
    .where(at(place))
    .returning(columns)
  return saved
}

export async function deleteActivityRow(tx: Tx, place: Place): Promise<void> {
  await tx.orm.delete(activities).where(at(place))
}

const ACTIVITY_JSON = `json_build_object('id', a.id, 'dealId', a.deal_id, 'kind', a.kind, 'subject', a.subject, 'body', a.body,
  'dueAt', iso(a.due_at), 'doneAt', iso(a.done_at), 'startsAt', iso(a.starts_at), 'endsAt', iso(a.ends_at),
  'assignedToId', a.assigned_to_id, 'callId', a.call_id, 'createdById', a.created_by_id, 'version', a.version,
  'createdAt', iso(a.created_at), 'updatedAt', iso(a.updated_at))`

const CUSTOMER = '(SELECT d.customer_id FROM deals d WHERE d.company_id = a.company_id AND d.id = a.deal_id)'

type Call = {
  readonly companyId: string
  readonly callId: string
  readonly contactId: string
  readonly subject: string
  readonly startedAt: string
  readonly endedAt: string
  readonly assignedToId: string | null
}

/** With the customer of its deal, as events have it. */
export type ToldActivity = { readonly activity: Activity; readonly customerId: string | null }

/** An activity on each open deal of the contact that has none of this call yet, and the deals' last activity with it. */
export async function insertCallActivities(tx: Tx, call: Call): Promise<ToldActivity[]> {
  const { companyId, callId, contactId, subject, startedAt, endedAt, assignedToId } = call
  const values = [companyId, callId, contactId, subject, startedAt, endedAt, assignedToId]
  return await run<ToldActivity>(tx, insertCallStatement, values)
}

const insertCallStatement = statement(
  'insert_call_activities',
  `WITH a AS (
     INSERT INTO activities (company_id, id, deal_id, kind, subject, starts_at, ends_at, done_at, assigned_to_id, call_id)
     SELECT $1, uuidv7(), d.id, 'CALL', $4, $5::timestamptz, $6::timestamptz, $6::timestamptz, $7::uuid, $2
     FROM deals d
     WHERE d.company_id = $1 AND d.contact_id = coalesce((SELECT merged_into_id FROM contacts WHERE company_id = $1 AND id = $3), $3)
       AND d.stage_kind = 'OPEN' AND d.deleted_at IS NULL
     ORDER BY d.created_at DESC, d.id DESC LIMIT 100
     ON CONFLICT (company_id, call_id, deal_id) WHERE call_id IS NOT NULL DO NOTHING
     RETURNING *
   ), touched AS (
     UPDATE deals d SET last_activity_at = greatest(d.last_activity_at, a.ends_at)
     FROM a WHERE d.company_id = $1 AND d.id = a.deal_id
   )
   SELECT ${ACTIVITY_JSON} AS activity, ${CUSTOMER} AS "customerId" FROM a`,
)

/** Marks what is overdue and not told of yet; other processes take other rows. */
export async function takeOverdue(tx: Tx, limit: number): Promise<(ToldActivity & { readonly companyId: string })[]> {
  return run(tx, takeOverdueStatement, [limit])
}

const takeOverdueStatement = statement(
  'take_overdue_activities',
  `WITH a AS (
     UPDATE activities SET overdue_told_at = statement_timestamp()
     WHERE (company_id, id) IN (
       SELECT company_id, id FROM activities
       WHERE done_at IS NULL AND overdue_told_at IS NULL AND due_at < now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING *
   ) SELECT a.company_id AS "companyId", ${ACTIVITY_JSON} AS activity, ${CUSTOMER} AS "customerId" FROM a`,
)

const TOMORROW = "(date_trunc('day', now() AT TIME ZONE $?) + interval '1 day') AT TIME ZONE $?"

/** `overdue`, `today` and `upcoming` take the company's time zone. */
export const activityList: ListSpec = {
  name: 'activities',
  from: 'activities a',
  alias: 'a',
  where: 'a.company_id = $1',
  item: ACTIVITY_JSON,
  sorts: {
    createdAt: { expression: 'a.created_at', type: 'timestamptz' },
    dueAt: { expression: "coalesce(a.due_at, 'infinity')", type: 'timestamptz' },
  },
  filters: {
    dealId: 'a.deal_id = $?',
    kind: 'a.kind = $?',
    assignedToId: 'a.assigned_to_id = $?',
    overdue: "$?::text IS NOT NULL AND a.done_at IS NULL AND coalesce(a.due_at, 'infinity') < now()",
    today: `a.done_at IS NULL AND coalesce(a.due_at, 'infinity') >= date_trunc('day', now(), $?) AND coalesce(a.due_at, 'infinity') < ${TOMORROW}`,
    upcoming: `a.done_at IS NULL AND a.due_at IS NOT NULL AND coalesce(a.due_at, 'infinity') >= ${TOMORROW}`,
  },
}
