-- Read models made from events. Every row that stands for an entity carries the version of the event it was made from and
-- gives way only to a newer one, so redelivery and reordering are harmless. No foreign keys: events of two services arrive in any order.

-- How far the projection has come; written by the transaction that applies the events.
CREATE TABLE projection_progress (
  consumer text PRIMARY KEY,
  newest_event_at timestamptz(3) NOT NULL,
  applied_at timestamptz(3) NOT NULL,
  applied_events bigint NOT NULL
);

CREATE TABLE company_settings (
  company_id uuid PRIMARY KEY,
  version integer NOT NULL,
  name text NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL
);

CREATE TABLE user_refs (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (company_id, id)
);

CREATE TABLE customer_refs (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  deleted boolean NOT NULL,
  PRIMARY KEY (company_id, id)
);

-- Stages stay one document: they are read whole, and replaced whole by a newer version of the pipeline.
CREATE TABLE pipeline_facts (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  is_default boolean NOT NULL,
  stages jsonb NOT NULL,
  PRIMARY KEY (company_id, id)
);

CREATE TABLE deal_facts (
  company_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  version integer NOT NULL,
  deleted boolean NOT NULL,
  pipeline_id uuid,
  stage text,
  stage_kind text CHECK (stage_kind IN ('OPEN', 'WON', 'LOST')),
  value numeric(14,2),
  currency text,
  base_value numeric(14,2),
  base_currency text,
  probability smallint,
  source text,
  owner_id uuid,
  created_by_id uuid,
  customer_id uuid,
  contact_id uuid,
  lost_reason text,
  expected_close_on date,
  created_at timestamptz(3),
  stage_entered_at timestamptz(3),
  closed_at timestamptz(3),
  PRIMARY KEY (company_id, deal_id),
  -- Only a tombstone may be without its state.
  CONSTRAINT deal_facts_state CHECK (deleted OR (stage IS NOT NULL AND stage_kind IS NOT NULL AND created_at IS NOT NULL))
);
CREATE INDEX deal_facts_created ON deal_facts (company_id, created_at) WHERE NOT deleted;
CREATE INDEX deal_facts_closed ON deal_facts (company_id, closed_at) WHERE closed_at IS NOT NULL AND NOT deleted;
CREATE INDEX deal_facts_open ON deal_facts (company_id, owner_id) WHERE stage_kind = 'OPEN' AND NOT deleted;
CREATE INDEX deal_facts_customer ON deal_facts (company_id, customer_id) WHERE NOT deleted;

-- Every entry of a deal into a stage. The instant of the entry is part of the key: each event of a deal names it, so any
-- one of them is enough, in any order.
CREATE TABLE deal_stage_entries (
  company_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  entered_at timestamptz(3) NOT NULL,
  stage text NOT NULL,
  pipeline_id uuid,
  PRIMARY KEY (company_id, deal_id, entered_at, stage)
);

-- Which version of a call is in the facts, and where: a late event may move the start of a call into another month. Without a
-- start it is no call of its own any more.
CREATE TABLE call_versions (
  company_id uuid NOT NULL,
  call_id uuid NOT NULL,
  version integer NOT NULL,
  started_at timestamptz(3),
  PRIMARY KEY (company_id, call_id)
);

-- Calls that have ended.
CREATE TABLE call_facts (
  company_id uuid NOT NULL,
  started_at timestamptz(3) NOT NULL,
  call_id uuid NOT NULL,
  direction text NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND', 'INTERNAL')),
  status text NOT NULL,
  queue text,
  agent_id uuid,
  connection_id uuid,
  customer_id uuid,
  contact_id uuid,
  answered_at timestamptz(3),
  ended_at timestamptz(3) NOT NULL,
  ring_seconds numeric(12,3) NOT NULL,
  wait_seconds numeric(12,3) NOT NULL,
  talk_seconds numeric(12,3) NOT NULL,
  hold_seconds numeric(12,3) NOT NULL,
  wrap_up_seconds numeric(12,3) NOT NULL,
  queue_visits integer NOT NULL,
  PRIMARY KEY (company_id, started_at, call_id)
) PARTITION BY RANGE (started_at);
CREATE INDEX call_facts_agent ON call_facts (company_id, agent_id, started_at);
CREATE INDEX call_facts_customer ON call_facts (company_id, customer_id, started_at) WHERE customer_id IS NOT NULL;

-- Stays in queues, kept in the month of their call so that both go together. They carry what figures filter calls by: a join
-- over a month of calls is the one thing here whose plan can go wrong.
CREATE TABLE queue_visit_facts (
  company_id uuid NOT NULL,
  started_at timestamptz(3) NOT NULL,
  call_id uuid NOT NULL,
  visit integer NOT NULL,
  queue text NOT NULL,
  entered_at timestamptz(3) NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('answered', 'abandoned', 'left')),
  agent_id uuid,
  wait_seconds numeric(12,3) NOT NULL,
  direction text NOT NULL,
  call_queue text,
  call_agent_id uuid,
  PRIMARY KEY (company_id, started_at, call_id, visit)
) PARTITION BY RANGE (started_at);
CREATE INDEX queue_visit_facts_queue ON queue_visit_facts (company_id, queue, started_at);

-- Makes the partitions of the months that a batch of events needs, however old: histories are imported and replayed.
-- Bounded, so that a wrong clock cannot fill the catalogue. Runs with the owner's rights, as maintain_partitions does.
CREATE FUNCTION cover_months(months date[]) RETURNS integer
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
    FOREACH parent IN ARRAY ARRAY['call_facts', 'queue_visit_facts'] LOOP
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
SELECT maintain_partitions('call_facts', 2, NULL), maintain_partitions('queue_visit_facts', 2, NULL);

CREATE TABLE product_facts (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  name text,
  category text,
  reorder_level numeric(14,3),
  active boolean NOT NULL,
  deleted boolean NOT NULL,
  PRIMARY KEY (company_id, id)
);

-- One row per product and location that a posting moved.
CREATE TABLE stock_facts (
  company_id uuid NOT NULL,
  posting_id uuid NOT NULL,
  product_id uuid NOT NULL,
  location_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('RECEIPT', 'CONSUMPTION', 'ADJUSTMENT', 'TRANSFER', 'RETURN')),
  quantity numeric(14,3) NOT NULL,
  value numeric(16,2) NOT NULL,
  work_order_id uuid,
  occurred_at timestamptz(3) NOT NULL,
  PRIMARY KEY (company_id, posting_id, product_id, location_id)
);
CREATE INDEX stock_facts_product ON stock_facts (company_id, product_id, occurred_at);
CREATE INDEX stock_facts_work_order ON stock_facts (company_id, work_order_id) WHERE work_order_id IS NOT NULL;
CREATE INDEX stock_facts_occurred ON stock_facts (company_id, occurred_at) INCLUDE (kind, product_id, quantity, value);

-- What is there now. The version is the number of ledger entries so far at this product and location.
CREATE TABLE stock_levels (
  company_id uuid NOT NULL,
  product_id uuid NOT NULL,
  location_id uuid NOT NULL,
  version integer NOT NULL,
  on_hand numeric(14,3) NOT NULL,
  reserved numeric(14,3) NOT NULL,
  value numeric(16,2) NOT NULL,
  currency text NOT NULL,
  PRIMARY KEY (company_id, product_id, location_id)
);

CREATE TABLE work_order_facts (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  deleted boolean NOT NULL,
  kind text,
  status text,
  customer_id uuid,
  deal_id uuid,
  assignee_ids uuid[] NOT NULL DEFAULT '{}',
  created_by_id uuid,
  created_at timestamptz(3),
  approved_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
CREATE INDEX work_order_facts_approved ON work_order_facts (company_id, approved_at) WHERE approved_at IS NOT NULL AND NOT deleted;
CREATE INDEX work_order_facts_status ON work_order_facts (company_id, status) WHERE NOT deleted;
CREATE INDEX work_order_facts_customer ON work_order_facts (company_id, customer_id) WHERE NOT deleted;
CREATE INDEX work_order_facts_deal ON work_order_facts (company_id, deal_id) WHERE deal_id IS NOT NULL AND NOT deleted;

-- What happened with a customer, from every service. The source key makes an entry of one happening, however often it is told;
-- the id follows from it (a UUID of version 8), so that a rebuild makes the same rows.
CREATE TABLE timeline_entries (
  company_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  source text NOT NULL,
  id uuid NOT NULL GENERATED ALWAYS AS (
    overlay(overlay(md5(company_id::text || source) PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid) STORED,
  version integer NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  details jsonb NOT NULL,
  PRIMARY KEY (company_id, source)
);
CREATE INDEX timeline_entries_customer ON timeline_entries (company_id, customer_id, occurred_at, id);
