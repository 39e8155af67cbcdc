import type { ListSpec } from '@dealwire/db/page'

export const dealHistoryList: ListSpec = {
  name: 'deal_history',
  from: 'deal_history h',
  alias: 'h',
  where: 'h.company_id = $1',
  item: `json_build_object('id', h.id, 'field', h.field, 'from', h.from_value, 'to', h.to_value, 'changedById', h.changed_by_id,
    'changedByName', a.name, 'at', iso(h.at), 'secondsInStage', h.seconds_in_stage)`,
  joins: 'LEFT JOIN user_refs a ON a.company_id = h.company_id AND a.id = h.changed_by_id',
  sorts: { at: { expression: 'h.at', type: 'timestamptz' } },
  filters: { dealId: 'h.deal_id = $?', field: 'h.field = $?' },
}
