import { type RowOf, upsertNewer } from '../projections/upsert-newer.ts'

const timelineEntries = {
  name: 'timeline_entries',
  key: ['company_id', 'source'],
  columns: {
    company_id: 'uuid',
    source: 'text',
    version: 'integer',
    deleted: 'boolean',
    customer_id: 'uuid',
    occurred_at: 'timestamptz',
    kind: 'text',
    subject_id: 'uuid',
    details: 'jsonb',
  },
} as const
export type TimelineEntry = RowOf<typeof timelineEntries>

export const upsertTimelineEntries = upsertNewer(timelineEntries)
