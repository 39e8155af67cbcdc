import { run, statement, type Tx } from '@dealwire/db/client'
import { type RowOf, upsertNewer } from '../projections/upsert-newer.ts'

const dealFacts = {
  name: 'deal_facts',
  key: ['company_id', 'deal_id'],
  columns: {
    company_id: 'uuid',
    deal_id: 'uuid',
    version: 'integer',
    deleted: 'boolean',
    pipeline_id: 'uuid',
    stage: 'text',
    stage_kind: 'text',
    value: 'numeric',
    currency: 'text',
    base_value: 'numeric',
    base_currency: 'text',
    probability: 'smallint',
    source: 'text',
    owner_id: 'uuid',
    created_by_id: 'uuid',
    customer_id: 'uuid',
    contact_id: 'uuid',
    lost_reason: 'text',
    expected_close_on: 'date',
    created_at: 'timestamptz',
    stage_entered_at: 'timestamptz',
    closed_at: 'timestamptz',
  },
} as const
export type DealFact = RowOf<typeof dealFacts>

export const upsertDealFacts = upsertNewer(dealFacts)

export const upsertPipelineFacts = upsertNewer({
  name: 'pipeline_facts',
  key: ['company_id', 'id'],
  columns: { company_id: 'uuid', id: 'uuid', version: 'integer', name: 'text', is_default: 'boolean', stages: 'jsonb' },
})

export type StageEntry = {
  readonly company_id: string
  readonly deal_id: string
  readonly entered_at: string
  readonly stage: string
  readonly pipeline_id: string
}

/** An entry is told by every event until the next move, and stored once. */
export async function insertStageEntries(tx: Tx, entries: readonly StageEntry[]): Promise<void> {
  if (entries.length > 0) await run(tx, insertEntries, [JSON.stringify(entries)])
}

const insertEntries = statement(
  'insert_deal_stage_entries',
  `INSERT INTO deal_stage_entries (company_id, deal_id, entered_at, stage, pipeline_id)
   SELECT company_id, deal_id, entered_at, stage, pipeline_id
   FROM json_to_recordset($1::json) AS e(company_id uuid, deal_id uuid, entered_at timestamptz(3), stage text, pipeline_id uuid)
   ORDER BY company_id, deal_id, entered_at, stage
   ON CONFLICT DO NOTHING`,
)
