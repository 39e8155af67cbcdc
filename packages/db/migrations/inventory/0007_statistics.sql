-- Tables that are filled for the first time have no statistics until autovacuum has come round. Until then the planner takes a company
-- for a two-hundredth of a table, reads all of it where it needs five rows, and keeps that plan while the company grows. So it is told
-- from the start what `n_distinct` (0001) tells it after every ANALYZE, and to expect full pages. The first ANALYZE replaces this.
DO $$
DECLARE
  table_name text;
BEGIN
  -- From PostgreSQL 18 on.
  IF to_regproc('pg_catalog.pg_restore_relation_stats') IS NULL THEN RETURN; END IF;
  FOREACH table_name IN ARRAY ARRAY['products', 'locations', 'stock_levels', 'postings', 'batches', 'reservations', 'reservation_lines',
    'purchase_orders', 'purchase_order_items', 'work_orders', 'work_order_products']
  LOOP
    CONTINUE WHEN (SELECT reltuples >= 0 FROM pg_class WHERE oid = table_name::regclass);
    PERFORM pg_restore_relation_stats('schemaname', '{{schema}}'::text, 'relname', table_name, 'relpages', 1, 'reltuples', 5000::real);
    PERFORM pg_restore_attribute_stats('schemaname', '{{schema}}'::text, 'relname', table_name, 'attname', 'company_id'::text,
      'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 2::real);
  END LOOP;
END $$;
ALTER TABLE locations ALTER COLUMN company_id SET (n_distinct = 2);
ALTER TABLE purchase_orders ALTER COLUMN company_id SET (n_distinct = 2);
ALTER TABLE purchase_order_items ALTER COLUMN company_id SET (n_distinct = 2);
