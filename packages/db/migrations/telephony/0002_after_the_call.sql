-- One index serves both uniqueness and the look-up of a call's events, where two were written for every event.
-- squawk-ignore require-concurrent-index-deletion -- nothing is deployed that would wait for it
DROP INDEX call_events_call;
ALTER TABLE call_events DROP CONSTRAINT call_events_pkey;
-- squawk-ignore constraint-missing-not-valid, adding-serial-primary-key-field -- nothing is deployed that would wait for it
ALTER TABLE call_events ADD PRIMARY KEY (company_id, connection_id, call_key, event_key, received_at);

-- A number that called in vain. Which calls it stands for follows from the calls; this row says what is being done about it.
CREATE TABLE callbacks (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  phone text NOT NULL,
  -- The latest of the missed calls.
  call_id uuid NOT NULL,
  queue text,
  status text NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'ASSIGNED', 'DONE', 'AUTO_RESOLVED')),
  missed_count integer NOT NULL,
  last_missed_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  assigned_to_id uuid,
  note text,
  -- Calls that began until then are dealt with, whenever their news arrive.
  settled_until timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, call_id) REFERENCES calls
);
CREATE UNIQUE INDEX callbacks_open ON callbacks (company_id, phone) WHERE status IN ('OPEN', 'ASSIGNED');
CREATE INDEX callbacks_phone ON callbacks (company_id, phone, settled_until);
CREATE INDEX callbacks_due_at ON callbacks (company_id, due_at, id);
CREATE INDEX callbacks_created_at ON callbacks (company_id, created_at, id);
CREATE INDEX callbacks_status ON callbacks (company_id, status, due_at, id);
CREATE INDEX callbacks_call ON callbacks (company_id, call_id);

CREATE TABLE quality_reviews (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  call_id uuid NOT NULL,
  reviewer_id uuid NOT NULL,
  score integer NOT NULL CHECK (score BETWEEN 0 AND 100),
  criteria jsonb NOT NULL,
  comment text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, call_id) REFERENCES calls
);
-- Once per call and reviewer.
CREATE UNIQUE INDEX quality_reviews_call ON quality_reviews (company_id, call_id, reviewer_id) WHERE deleted_at IS NULL;
CREATE INDEX quality_reviews_created_at ON quality_reviews (company_id, created_at, id) WHERE deleted_at IS NULL;

-- Open business with a caller: a projection of deals and of inventory's work orders, for the screen pop.
CREATE TABLE open_business (
  company_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('deal', 'work_order')),
  id uuid NOT NULL,
  contact_id uuid,
  customer_id uuid,
  deal_id uuid,
  is_open boolean NOT NULL,
  details jsonb NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (company_id, kind, id)
);
CREATE INDEX open_business_contact ON open_business (company_id, contact_id, kind, id) WHERE is_open AND contact_id IS NOT NULL;
CREATE INDEX open_business_customer ON open_business (company_id, customer_id, kind, id) WHERE is_open AND customer_id IS NOT NULL;

-- Numbers that lack their country code on one side are found by their last digits.
-- squawk-ignore require-concurrent-index-creation -- nothing is deployed that would wait for it
CREATE INDEX contact_directory_reversed ON contact_directory (company_id, reverse(e164) text_pattern_ops)
  WHERE e164 IS NOT NULL AND deleted_at IS NULL;

-- What a connection's operator wants to see beside what is stored.
ALTER TABLE connection_activity ADD COLUMN lag_ms bigint;
ALTER TABLE connection_activity ADD COLUMN refused bigint NOT NULL DEFAULT 0;
-- Refusals are counted before a first event comes.
-- squawk-ignore ban-drop-not-null -- nothing is deployed that would wait for it
ALTER TABLE connection_activity ALTER COLUMN last_event_at DROP NOT NULL;
-- squawk-ignore require-concurrent-index-creation -- nothing is deployed that would wait for it
CREATE INDEX calls_stuck ON calls (last_event_at) WHERE ended_at IS NULL AND merged_into_id IS NULL;
