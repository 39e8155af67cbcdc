-- no-transaction
-- What was won in a period and by whom, without reading the deals.
CREATE INDEX CONCURRENTLY IF NOT EXISTS deals_won ON deals (company_id, closed_at, assigned_to_id) INCLUDE (base_value, base_currency)
  WHERE stage_kind = 'WON' AND deleted_at IS NULL;
