-- Requests to make a company's figures anew from the event logs, and what came of them.
CREATE TABLE rebuilds (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed')),
  -- Only compares.
  dry_run boolean NOT NULL,
  -- Swaps even where the logs no longer hold months that the figures have.
  force boolean NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  events bigint,
  rows bigint,
  differences jsonb,
  swapped boolean NOT NULL DEFAULT false,
  error text,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz(3),
  finished_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX rebuilds_active ON rebuilds (company_id) WHERE status IN ('queued', 'running');
CREATE INDEX rebuilds_waiting ON rebuilds (created_at) WHERE status IN ('queued', 'running');

-- A second set of the projected tables, under the same names: with this schema first on the search path, the same projections write here.
-- Not logged: a rebuild that a crash interrupts begins anew.
CREATE SCHEMA {{schema}}_shadow;
GRANT USAGE ON SCHEMA {{schema}}_shadow TO {{role}};
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['projection_progress', 'company_settings', 'user_refs', 'customer_refs', 'pipeline_facts', 'deal_facts',
    'deal_stage_entries', 'call_versions', 'call_facts', 'queue_visit_facts', 'agent_call_facts', 'queue_settings', 'rollup_zones',
    'call_hour_rollups', 'wait_day_rollups', 'seconds_day_histograms', 'agent_day_rollups', 'product_facts', 'stock_facts', 'stock_levels',
    'work_order_facts', 'timeline_entries'] LOOP
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I (LIKE %I.%I INCLUDING ALL)', '{{schema}}_shadow', name, '{{schema}}', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {{schema}}_shadow TO {{role}};
