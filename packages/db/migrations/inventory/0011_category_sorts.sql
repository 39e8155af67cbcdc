-- Products of a category in every order of the list: a page of those that are low would otherwise read, and reckon, all of them to sort them.
-- In one transaction, not CONCURRENTLY: see 0006.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX products_category_updated_at ON products (company_id, category, updated_at, id) WHERE deleted_at IS NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX products_category_name ON products (company_id, category, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX products_category_sku ON products (company_id, category, lower(sku COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
