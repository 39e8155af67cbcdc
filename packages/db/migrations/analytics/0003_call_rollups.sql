-- Sums that are kept by differences in the transaction that changes the facts: what a call was is taken off, what it is now is added.
-- Days and hours are those of the company's clocks; in which time zone, `rollup_zones` says.
CREATE TABLE rollup_zones (
  company_id uuid PRIMARY KEY,
  time_zone text NOT NULL,
  -- Days are no longer what they were, or waits are judged otherwise: figures come from facts until a job has counted anew.
  stale boolean NOT NULL
);
CREATE INDEX rollup_zones_stale ON rollup_zones (company_id) WHERE stale;

CREATE TABLE call_hour_rollups (
  company_id uuid NOT NULL,
  day date NOT NULL,
  hour smallint NOT NULL,
  queue text NOT NULL,
  direction text NOT NULL,
  total bigint NOT NULL,
  answered bigint NOT NULL,
  missed bigint NOT NULL,
  abandoned bigint NOT NULL,
  queued bigint NOT NULL,
  handled_seconds numeric NOT NULL,
  PRIMARY KEY (company_id, day, hour, queue, direction)
);

-- `place`: in the queue that the call came to in the end, in one it passed through, or ringing without any queue.
CREATE TABLE wait_day_rollups (
  company_id uuid NOT NULL,
  day date NOT NULL,
  queue text NOT NULL,
  direction text NOT NULL,
  place text NOT NULL CHECK (place IN ('final', 'passed', 'direct')),
  entered bigint NOT NULL,
  answered bigint NOT NULL,
  in_threshold bigint NOT NULL,
  abandoned bigint NOT NULL,
  short_abandoned bigint NOT NULL,
  answered_wait_seconds numeric NOT NULL,
  PRIMARY KEY (company_id, day, queue, direction, place)
);

-- Bucket 0 is up to half a second; each further one ends 10.5 % later than the one before.
CREATE TABLE seconds_day_histograms (
  company_id uuid NOT NULL,
  day date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('wait', 'talk')),
  queue text NOT NULL,
  direction text NOT NULL,
  place text NOT NULL,
  bucket smallint NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (company_id, kind, day, queue, direction, place, bucket)
);

CREATE TABLE agent_day_rollups (
  company_id uuid NOT NULL,
  day date NOT NULL,
  agent_id uuid NOT NULL,
  queue text NOT NULL,
  direction text NOT NULL,
  offered bigint NOT NULL,
  answered bigint NOT NULL,
  ring_no_answer bigint NOT NULL,
  talk_seconds numeric NOT NULL,
  hold_seconds numeric NOT NULL,
  wrap_up_seconds numeric NOT NULL,
  PRIMARY KEY (company_id, day, agent_id, queue, direction)
);
