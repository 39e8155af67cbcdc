-- Every filter and sort of the list of work orders in its order.
-- In one transaction, not CONCURRENTLY: see 0006.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX work_orders_number_sort ON work_orders (company_id, (number COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX work_orders_status_start ON work_orders (company_id, status, (coalesce(scheduled_start, 'infinity')), id) WHERE deleted_at IS NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX work_orders_priority ON work_orders (company_id, priority, created_at, id) WHERE deleted_at IS NULL;
