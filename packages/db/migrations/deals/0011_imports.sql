-- A file of rows that become deals, contacts or customers in the background, and what became of each.
CREATE TABLE imports (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL DEFAULT 'queued'
    CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled', 'reverting', 'reverted')),
  entity text NOT NULL CHECK (entity IN ('deal', 'contact', 'customer')),
  dry_run boolean NOT NULL,
  columns jsonb NOT NULL,
  encoding text NOT NULL,
  -- The settings of the company and the request on whose behalf rows are made.
  author jsonb NOT NULL,
  bytes bigint NOT NULL,
  bytes_read bigint NOT NULL DEFAULT 0,
  -- The last row of the file that is settled: a run that follows a crash goes on behind it.
  settled_row integer NOT NULL DEFAULT 1,
  created integer NOT NULL DEFAULT 0,
  duplicates integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  reverted integer NOT NULL DEFAULT 0,
  kept integer NOT NULL DEFAULT 0,
  error text,
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  finished_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
CREATE INDEX imports_created_at ON imports (company_id, created_at, id);
CREATE INDEX imports_open ON imports (company_id) WHERE status IN ('queued', 'running', 'reverting');
CREATE INDEX imports_created_by ON imports (company_id, created_by_id, created_at, id);

-- What an import made; `rank` is the order of its removal: deals before contacts, contacts before the customers that they name.
CREATE TABLE import_items (
  company_id uuid NOT NULL,
  import_id uuid NOT NULL,
  rank smallint NOT NULL,
  entity_id uuid NOT NULL,
  outcome text NOT NULL DEFAULT 'created' CHECK (outcome IN ('created', 'reverted', 'kept')),
  PRIMARY KEY (company_id, import_id, rank, entity_id),
  FOREIGN KEY (company_id, import_id) REFERENCES imports
);

CREATE TABLE import_errors (
  company_id uuid NOT NULL,
  import_id uuid NOT NULL,
  -- As a spreadsheet counts: the header is row 1.
  row integer NOT NULL,
  id uuid NOT NULL,
  field text,
  code text NOT NULL,
  message text NOT NULL,
  PRIMARY KEY (company_id, import_id, row, id),
  FOREIGN KEY (company_id, import_id) REFERENCES imports
);
