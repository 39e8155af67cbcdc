import type { Actor } from '@dealwire/contracts'
import { type Executor, run, statement } from '@dealwire/db/client'
import { DEAL_JOINS, DEAL_JSON, EFFECTIVE_PROBABILITY } from '../deals/deal-json.ts'

/** One stage of a board: its head and its deals as finished JSON, and where its page ends. */
export type BoardStage = {
  readonly pipelineId: string
  readonly stage: string
  /** A JSON object without its deals. */
  readonly head: string
  readonly deals: string
  readonly more: boolean
  readonly lastSort: string | null
  readonly lastId: string | null
  readonly asOf: string
}

/** All stages in one statement, however many there are; none when there is no such pipeline. */
export async function findBoard(
  executor: Executor,
  actor: Actor,
  pipelineId: string | undefined,
  perStage: number,
): Promise<BoardStage[]> {
  return run(executor, boardStatement, [actor.companyId, pipelineId ?? null, actor.company.currency, perStage])
}

const boardStatement = statement(
  'deal_board',
  `WITH chosen AS (
     SELECT id FROM pipelines
     WHERE company_id = $1 AND deleted_at IS NULL AND CASE WHEN $2::uuid IS NULL THEN is_default ELSE id = $2 END
   ), totals AS (
     SELECT d.stage, count(*) AS deals, sum(d.base_value) FILTER (WHERE d.base_currency = $3) AS total,
       sum(round(d.base_value * ${EFFECTIVE_PROBABILITY} / 100, 2)) FILTER (WHERE d.base_currency = $3) AS weighted
     FROM chosen p
     JOIN deals d ON d.company_id = $1 AND d.pipeline_id = p.id AND d.deleted_at IS NULL
     JOIN stages s ON s.company_id = $1 AND s.pipeline_id = p.id AND s.key = d.stage
     GROUP BY d.stage
   )
   SELECT p.id AS "pipelineId", g.key AS stage, iso(now()) AS "asOf",
     json_build_object('stage', g.key, 'name', g.name, 'kind', g.kind, 'count', coalesce(t.deals, 0),
       'totalValue', coalesce(t.total, 0)::numeric(20, 2)::text, 'weightedValue', coalesce(t.weighted, 0)::numeric(20, 2)::text)::text AS head,
     page.*
   FROM chosen p JOIN stages g ON g.company_id = $1 AND g.pipeline_id = p.id
   LEFT JOIN totals t ON t.stage = g.key
   CROSS JOIN LATERAL (
     SELECT coalesce(json_agg(row.item ORDER BY row.place) FILTER (WHERE row.place <= $4), '[]')::text AS deals, count(*) > $4 AS more,
       max(row.created_at::text) FILTER (WHERE row.place = $4) AS "lastSort", max(row.id::text) FILTER (WHERE row.place = $4) AS "lastId"
     FROM (
       SELECT d.id, d.created_at, row_number() OVER (ORDER BY d.created_at DESC, d.id DESC) AS place, ${DEAL_JSON} AS item
       FROM (
         SELECT * FROM deals f WHERE f.company_id = $1 AND f.pipeline_id = p.id AND f.stage = g.key AND f.deleted_at IS NULL
         ORDER BY f.created_at DESC, f.id DESC LIMIT $4::int + 1
       ) d ${DEAL_JOINS}
     ) row
   ) page
   ORDER BY g.position`,
)
