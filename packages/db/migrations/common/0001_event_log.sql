-- What every service has: its event log (the outbox), inbox, relay cursor, dead letters and idempotency keys.
-- Runs once per service schema: the runner sets search_path and fills in {{schema}} and {{role}}.

-- RFC 3339 UTC with milliseconds. STABLE, so that Postgres inlines it.
CREATE FUNCTION iso(at timestamptz) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Append-only truth of what happened; never updated, so there is no "published" flag: the relay keeps a cursor.
CREATE SEQUENCE event_log_seq;
CREATE TABLE event_log (
  company_id uuid NOT NULL,
  occurred_at timestamptz(3) NOT NULL DEFAULT now(),
  event_id uuid NOT NULL,
  seq bigint NOT NULL DEFAULT nextval('event_log_seq'),
  tx_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  type text NOT NULL,
  entity_id text NOT NULL,
  entity_version integer NOT NULL,
  actor_id uuid,
  correlation_id text NOT NULL,
  causation_id text,
  traceparent text,
  data jsonb NOT NULL,
  PRIMARY KEY (company_id, occurred_at, event_id)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX event_log_relay_order ON event_log (tx_id, seq);
CREATE INDEX event_log_entity ON event_log (company_id, entity_id, seq);

CREATE TABLE inbox (
  company_id uuid NOT NULL,
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, consumer, event_id)
);
CREATE INDEX inbox_received_at ON inbox (received_at);

CREATE TABLE relay_cursor (
  name text PRIMARY KEY,
  tx_id xid8 NOT NULL,
  seq bigint NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE dead_letter (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  consumer text NOT NULL,
  event_id text NOT NULL,
  subject text NOT NULL,
  message text NOT NULL,
  error text NOT NULL,
  deliveries integer NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  resolved_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX dead_letter_open ON dead_letter (company_id, consumer, event_id) WHERE resolved_at IS NULL;

CREATE TABLE idempotency_keys (
  company_id uuid NOT NULL,
  user_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  fingerprint text NOT NULL,
  status smallint NOT NULL,
  headers jsonb NOT NULL,
  body text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, user_id, key)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

-- Makes the month partitions of a table from the current month to `months_ahead` later, and drops those that ended more
-- than `retention_months` ago (null keeps all). Runs with the owner's rights: the service's role may not create tables.
-- A partition gets no grants of its own: rows are reached through the parent, whose grants say what is append-only.
CREATE FUNCTION maintain_partitions(parent text, months_ahead integer, retention_months integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  here text := '{{schema}}';
  changed integer := 0;
  first date;
  child text;
  old record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('maintain_partitions ' || here || '.' || parent));
  FOR i IN -1..least(months_ahead, 24) LOOP
    first := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => i))::date;
    child := format('%s_%s', parent, to_char(first, 'YYYY_MM'));
    IF to_regclass(format('%I.%I', here, child)) IS NULL THEN
      EXECUTE format('CREATE TABLE %I.%I PARTITION OF %I.%I FOR VALUES FROM (%L) TO (%L)', here, child, here, parent,
        first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
      EXECUTE format('REVOKE ALL ON %I.%I FROM %I', here, child, '{{role}}');
      changed := changed + 1;
    END IF;
  END LOOP;
  IF retention_months IS NOT NULL THEN
    FOR old IN
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = format('%I.%I', here, parent)::regclass AND c.relname ~ '_\d{4}_\d{2}$'
        AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month'
            < date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => retention_months)
    LOOP
      EXECUTE format('DROP TABLE %I.%I', here, old.relname);
      changed := changed + 1;
    END LOOP;
  END IF;
  RETURN changed;
END $$;

-- The log and its reading side are append-only for the service, not by good manners but by grant.
REVOKE UPDATE, DELETE, TRUNCATE ON event_log FROM {{role}};
SELECT maintain_partitions('event_log', 2, NULL);
