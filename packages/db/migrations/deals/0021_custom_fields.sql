CREATE TABLE custom_fields (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  entity text NOT NULL CHECK (entity IN ('deal', 'customer', 'contact')),
  key text NOT NULL,
  label text NOT NULL,
  type text NOT NULL CHECK (type IN ('text', 'number', 'date', 'boolean', 'select', 'multiselect', 'url')),
  options text[] NOT NULL,
  required boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
-- Deleted ones too: a key is taken until its values are erased, so that a new field never starts with those of an old one.
CREATE UNIQUE INDEX custom_fields_key ON custom_fields (company_id, entity, key);
CREATE INDEX custom_fields_created_at ON custom_fields (company_id, created_at, id) WHERE deleted_at IS NULL;

-- Values by key, as JSON of their type.
ALTER TABLE customers ADD COLUMN custom_fields jsonb NOT NULL DEFAULT '{}';
ALTER TABLE contacts ADD COLUMN custom_fields jsonb NOT NULL DEFAULT '{}';
ALTER TABLE deals ADD COLUMN custom_fields jsonb NOT NULL DEFAULT '{}';

-- Work on very many rows of a company, taken batch by batch after the change that made it necessary has committed.
CREATE TABLE sweeps (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  argument jsonb NOT NULL,
  -- Rows up to this id are done.
  after_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  not_before timestamptz(3) NOT NULL DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id)
);
CREATE INDEX sweeps_not_before ON sweeps (not_before);
