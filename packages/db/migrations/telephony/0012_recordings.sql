-- Recordings with an address, and what became of fetching them. The file is in the store, under company and id.
CREATE TABLE recordings (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  call_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  event_key text NOT NULL,
  url text NOT NULL,
  status text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'STORED', 'FAILED', 'EXPIRED')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT now(),
  content_type text,
  bytes bigint,
  error text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  stored_at timestamptz(3),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, call_id) REFERENCES calls,
  FOREIGN KEY (company_id, connection_id) REFERENCES connections
);
-- Each once, whichever call it belongs to by now.
CREATE UNIQUE INDEX recordings_event ON recordings (company_id, connection_id, event_key);
CREATE INDEX recordings_call ON recordings (company_id, call_id, created_at, id);
CREATE INDEX recordings_due ON recordings (next_attempt_at) WHERE status = 'PENDING';
CREATE INDEX recordings_stored_at ON recordings (stored_at) WHERE status = 'STORED';
