-- no-transaction
-- The deals of a stage by value, of one pipeline or of all: what a sales team looks at most.
CREATE INDEX CONCURRENTLY IF NOT EXISTS deals_stage_value ON deals (company_id, stage, value, id) WHERE deleted_at IS NULL;
