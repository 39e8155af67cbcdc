-- Months that have ended, added up once more from the days, so that a year is some thousand rows. Made by a job; a late call of the month
-- makes it unrolled again, and its days answer until the job comes round. Derived from rollups, so no rebuild compares them.
CREATE TABLE rolled_months (
  company_id uuid NOT NULL,
  month date NOT NULL,
  is_rolled boolean NOT NULL,
  PRIMARY KEY (company_id, month)
);
CREATE INDEX rolled_months_waiting ON rolled_months (month, company_id) WHERE NOT is_rolled;
INSERT INTO rolled_months (company_id, month, is_rolled)
SELECT DISTINCT company_id, date_trunc('month', day)::date, false FROM call_hour_rollups;

CREATE TABLE call_month_rollups (
  company_id uuid NOT NULL,
  month date NOT NULL,
  hour smallint NOT NULL,
  queue text NOT NULL,
  direction text NOT NULL,
  total bigint NOT NULL,
  answered bigint NOT NULL,
  missed bigint NOT NULL,
  abandoned bigint NOT NULL,
  queued bigint NOT NULL,
  handled_seconds numeric NOT NULL,
  PRIMARY KEY (company_id, month, hour, queue, direction)
);

-- The days of rolled months without their hours.
CREATE TABLE call_day_rollups (
  company_id uuid NOT NULL,
  day date NOT NULL,
  queue text NOT NULL,
  direction text NOT NULL,
  total bigint NOT NULL,
  answered bigint NOT NULL,
  missed bigint NOT NULL,
  abandoned bigint NOT NULL,
  PRIMARY KEY (company_id, day, queue, direction)
);

CREATE TABLE seconds_month_histograms (
  company_id uuid NOT NULL,
  month date NOT NULL,
  kind text NOT NULL,
  queue text NOT NULL,
  direction text NOT NULL,
  place text NOT NULL,
  bucket smallint NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (company_id, month, kind, queue, direction, place, bucket)
);

CREATE TABLE agent_month_rollups (
  company_id uuid NOT NULL,
  month date NOT NULL,
  agent_id uuid NOT NULL,
  queue text NOT NULL,
  direction text NOT NULL,
  offered bigint NOT NULL,
  answered bigint NOT NULL,
  ring_no_answer bigint NOT NULL,
  talk_seconds numeric NOT NULL,
  hold_seconds numeric NOT NULL,
  wrap_up_seconds numeric NOT NULL,
  PRIMARY KEY (company_id, month, agent_id, queue, direction)
);

CREATE UNLOGGED TABLE {{schema}}_shadow.rolled_months (LIKE rolled_months INCLUDING ALL);
GRANT SELECT, INSERT, UPDATE, DELETE ON {{schema}}_shadow.rolled_months TO {{role}};
