-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS customers_merged_into ON customers (company_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS contacts_merged_into ON contacts (company_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
