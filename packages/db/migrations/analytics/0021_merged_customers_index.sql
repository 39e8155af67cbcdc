-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS customer_refs_merged_into ON customer_refs (company_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
