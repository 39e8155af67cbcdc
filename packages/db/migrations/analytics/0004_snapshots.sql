-- What each agent did in the last 7, 30 and 90 days, as of the last job; one row per agent and window.
CREATE TABLE agent_snapshots (
  company_id uuid NOT NULL,
  window_days smallint NOT NULL CHECK (window_days IN (7, 30, 90)),
  agent_id uuid NOT NULL,
  taken_at timestamptz(3) NOT NULL,
  calls_offered bigint NOT NULL,
  calls_answered bigint NOT NULL,
  talk_seconds numeric NOT NULL,
  aht_seconds numeric,
  deals_won bigint NOT NULL,
  deals_lost bigint NOT NULL,
  win_rate numeric,
  revenue numeric(16,2) NOT NULL,
  currency text NOT NULL,
  work_orders_approved bigint NOT NULL,
  PRIMARY KEY (company_id, window_days, agent_id)
);
CREATE INDEX agent_snapshots_leaders ON agent_snapshots (company_id, window_days, revenue, agent_id);

-- The forecast of one night for one month, and how it came from that of the night before. These are records, not projections: the
-- nights are gone, so no rebuild touches them.
CREATE TABLE forecast_snapshots (
  company_id uuid NOT NULL,
  taken_on date NOT NULL,
  month text NOT NULL CHECK (month ~ '^(\d{4}-\d{2}|undated)$'),
  currency text NOT NULL,
  opening numeric(16,2) NOT NULL,
  new numeric(16,2) NOT NULL,
  won numeric(16,2) NOT NULL,
  lost numeric(16,2) NOT NULL,
  pulled_in numeric(16,2) NOT NULL,
  pushed_out numeric(16,2) NOT NULL,
  value_changed numeric(16,2) NOT NULL,
  closing numeric(16,2) NOT NULL,
  PRIMARY KEY (company_id, taken_on, month),
  CONSTRAINT forecast_snapshots_adds_up CHECK (closing = opening + new + won + lost + pulled_in + pushed_out + value_changed)
);

-- The open deals as of the last snapshot: what the next one is compared with.
CREATE TABLE forecast_baseline (
  company_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  month text NOT NULL,
  weighted numeric(14,2) NOT NULL,
  PRIMARY KEY (company_id, deal_id)
);
