-- As before, but it no longer needs the table to itself: a month is made beside the table and attached, which neither waits for those who
-- read or write it nor makes them wait. A dump that runs for hours kept months from being made. What a default partition has taken for a
-- month that was missed moves into it; before, such a month could never be made. A drop that would have to wait is left for the next run,
-- and takes nothing of what was made with it.
CREATE OR REPLACE FUNCTION maintain_partitions(parent text, months_ahead integer, retention_months integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  here text := '{{schema}}';
  changed integer := 0;
  first date;
  child text;
  old record;
  spare text;
  key text;
  starts text;
  ends text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('maintain_partitions ' || here || '.' || parent));
  SELECT c.relname, a.attname INTO spare, key
  FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
  LEFT JOIN pg_class c ON c.oid = p.partdefid
  WHERE p.partrelid = format('%I.%I', here, parent)::regclass;

  FOR i IN -1..least(months_ahead, 24) LOOP
    first := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => i))::date;
    child := format('%s_%s', parent, to_char(first, 'YYYY_MM'));
    CONTINUE WHEN to_regclass(format('%I.%I', here, child)) IS NOT NULL;
    starts := first::text || ' 00:00:00+00';
    ends := (first + interval '1 month')::date::text || ' 00:00:00+00';
    EXECUTE format('CREATE TABLE %I.%I (LIKE %I.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)', here, child, here, parent);
    EXECUTE format('REVOKE ALL ON %I.%I FROM %I', here, child, '{{role}}');
    IF spare IS NOT NULL THEN
      EXECUTE format('WITH moved AS (DELETE FROM %I.%I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %I.%I SELECT * FROM moved',
        here, spare, key, starts, key, ends, here, child);
    END IF;
    EXECUTE format('ALTER TABLE %I.%I ATTACH PARTITION %I.%I FOR VALUES FROM (%L) TO (%L)', here, parent, here, child, starts, ends);
    changed := changed + 1;
  END LOOP;

  IF retention_months IS NOT NULL THEN
    -- Everybody who writes to the table waits behind a drop that waits.
    PERFORM set_config('lock_timeout', '300ms', true);
    FOR old IN
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = format('%I.%I', here, parent)::regclass AND c.relname ~ '_\d{4}_\d{2}$'
        AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month'
            < date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => retention_months)
    LOOP
      BEGIN
        EXECUTE format('DROP TABLE %I.%I', here, old.relname);
        changed := changed + 1;
      EXCEPTION WHEN lock_not_available THEN
        RAISE WARNING '%.% is in use; it is dropped next time', here, old.relname;
      END;
    END LOOP;
  END IF;
  RETURN changed;
END $$;
