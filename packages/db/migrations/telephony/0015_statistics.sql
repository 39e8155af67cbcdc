-- Until the first ANALYZE the planner takes every index that begins with the company for as good as any other, and reads all calls of a
-- company to find those of one number; an ANALYZE of the still empty table changes nothing about that. So it is told from the start
-- that numbers and identities tell calls apart and companies do not. The first ANALYZE of rows replaces this.
DO $$
DECLARE
  known record;
BEGIN
  -- From PostgreSQL 18 on.
  IF to_regproc('pg_catalog.pg_restore_relation_stats') IS NULL THEN RETURN; END IF;
  FOR known IN
    SELECT * FROM (VALUES
      ('calls', 'company_id', 2), ('calls', 'id', -1), ('calls', 'remote_e164', -0.5), ('calls', 'remote_party', -0.5),
      ('calls', 'started_at', -1), ('call_keys', 'company_id', 2), ('call_keys', 'call_key', -1), ('call_keys', 'call_id', -1),
      ('callbacks', 'company_id', 2), ('callbacks', 'phone', -0.5), ('callbacks', 'call_id', -1),
      ('contact_directory', 'company_id', 2), ('contact_directory', 'e164', -0.9), ('contact_directory', 'customer_id', -0.5)
    ) AS v(table_name, column_name, n_distinct)
    WHERE (SELECT reltuples < 0 FROM pg_class WHERE oid = v.table_name::regclass)
  LOOP
    PERFORM pg_restore_attribute_stats('schemaname', '{{schema}}'::text, 'relname', known.table_name::text, 'attname', known.column_name::text,
      'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', known.n_distinct::real);
  END LOOP;
END $$;
