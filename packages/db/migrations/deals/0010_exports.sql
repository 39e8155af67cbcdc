-- Files that are made in the background.
CREATE TABLE exports (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'failed', 'expired')),
  format text NOT NULL CHECK (format IN ('csv', 'ndjson')),
  -- As they were asked for; and as the list takes them, with `me`, days and the scope resolved. In the order they were given (json).
  asked jsonb NOT NULL,
  filters json NOT NULL,
  rows integer NOT NULL DEFAULT 0,
  total_rows integer,
  bytes bigint,
  error text,
  created_by_id uuid,
  request_id text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  finished_at timestamptz(3),
  expires_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
CREATE INDEX exports_created_at ON exports (company_id, created_at, id);
CREATE INDEX exports_created_by ON exports (company_id, created_by_id, created_at, id);
CREATE INDEX exports_expires_at ON exports (expires_at) WHERE status = 'done';

-- A cell of a CSV file. What a spreadsheet would take for a formula gets an apostrophe, and then also quotes.
CREATE FUNCTION csv_text(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN value !~ E'^[-=+@\\t\\r]|[",\\r\\n]' THEN value
    ELSE '"' || CASE WHEN value ~ E'^[-=+@\\t\\r]' THEN '''' ELSE '' END || replace(value, '"', '""') || '"'
  END;
