-- What each agent did in a call: one row per agent who was rung or talked. Kept in the month of the call, as queue visits are.
CREATE TABLE agent_call_facts (
  company_id uuid NOT NULL,
  started_at timestamptz(3) NOT NULL,
  call_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  offered integer NOT NULL,
  answered integer NOT NULL,
  ring_no_answer integer NOT NULL,
  talk_seconds numeric(12,3) NOT NULL,
  hold_seconds numeric(12,3) NOT NULL,
  wrap_up_seconds numeric(12,3) NOT NULL,
  direction text NOT NULL,
  call_queue text,
  PRIMARY KEY (company_id, started_at, call_id, agent_id)
) PARTITION BY RANGE (started_at);
CREATE INDEX agent_call_facts_agent ON agent_call_facts (company_id, agent_id, started_at);

-- How a queue wants to be judged; a queue without a row is judged by the defaults.
CREATE TABLE queue_settings (
  company_id uuid NOT NULL,
  queue text NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  threshold_seconds integer NOT NULL,
  short_abandon_seconds integer NOT NULL,
  include_abandoned boolean NOT NULL,
  deleted boolean NOT NULL,
  PRIMARY KEY (company_id, queue)
);

-- As in 0001, for one more table.
CREATE OR REPLACE FUNCTION cover_months(months date[]) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  parent text;
  first date;
  child text;
  made integer := 0;
BEGIN
  FOREACH first IN ARRAY months LOOP
    first := date_trunc('month', first)::date;
    IF first < (now() - interval '20 years')::date OR first > (now() + interval '1 year')::date THEN
      RAISE EXCEPTION 'month % is out of range', first USING ERRCODE = 'datetime_field_overflow';
    END IF;
    FOREACH parent IN ARRAY ARRAY['call_facts', 'queue_visit_facts', 'agent_call_facts'] LOOP
      child := format('%s_%s', parent, to_char(first, 'YYYY_MM'));
      CONTINUE WHEN to_regclass(format('%I.%I', '{{schema}}', child)) IS NOT NULL;
      PERFORM pg_advisory_xact_lock(hashtext('maintain_partitions {{schema}}.' || parent));
      CONTINUE WHEN to_regclass(format('%I.%I', '{{schema}}', child)) IS NOT NULL;
      EXECUTE format('CREATE TABLE %I.%I PARTITION OF %I.%I FOR VALUES FROM (%L) TO (%L)', '{{schema}}', child, '{{schema}}', parent,
        first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
      EXECUTE format('REVOKE ALL ON %I.%I FROM %I', '{{schema}}', child, '{{role}}');
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
SELECT maintain_partitions('agent_call_facts', 2, NULL);
