-- no-transaction
-- Only rows that have values: companies without custom fields pay nothing for them.
CREATE INDEX CONCURRENTLY IF NOT EXISTS deals_custom_fields ON deals USING gin (company_id, custom_fields jsonb_path_ops)
  WHERE custom_fields <> '{}' AND deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS customers_custom_fields ON customers USING gin (company_id, custom_fields jsonb_path_ops)
  WHERE custom_fields <> '{}' AND deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS contacts_custom_fields ON contacts USING gin (company_id, custom_fields jsonb_path_ops)
  WHERE custom_fields <> '{}' AND deleted_at IS NULL;
