-- no-transaction
-- Ended calls whose grace still runs: a few at any time.
CREATE INDEX CONCURRENTLY IF NOT EXISTS calls_unfinal ON calls (updated_at)
  WHERE ended_at IS NOT NULL AND finalized_at IS NULL AND merged_into_id IS NULL;
