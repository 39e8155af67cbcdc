-- no-transaction
-- Deals of a stage by how long nothing has happened: what is rotten is a range of it.
CREATE INDEX CONCURRENTLY IF NOT EXISTS deals_rotting ON deals (company_id, pipeline_id, stage, greatest(stage_entered_at, last_activity_at))
  WHERE stage_kind = 'OPEN' AND deleted_at IS NULL;
