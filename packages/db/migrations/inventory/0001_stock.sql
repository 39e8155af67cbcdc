-- Stock. Who changes stock holds the rows of `stock_levels` it touches, locked in (product, location) order, and changes level,
-- layers and ledger in one statement. Every rule that can be a constraint is one.

-- What a person types and what is stored find each other: lower case, without accents.
-- IMMUTABLE because the dictionary is named: only ALTER TEXT SEARCH DICTIONARY could change the answer.
CREATE FUNCTION fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(extensions.unaccent('extensions.unaccent'::regdictionary, value));

CREATE TABLE products (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  sku text NOT NULL,
  name text NOT NULL,
  unit text NOT NULL,
  category text,
  sale_price numeric(14, 2) NOT NULL CHECK (sale_price >= 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  reorder_level numeric(14, 3) CHECK (reorder_level >= 0),
  reorder_quantity numeric(14, 3) CHECK (reorder_quantity >= 0),
  lead_time_days integer CHECK (lead_time_days >= 0),
  active boolean NOT NULL DEFAULT true,
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  -- Each word after a space: '% ab%' finds a word by its start.
  search_text text NOT NULL GENERATED ALWAYS AS (fold(' ' || sku || ' ' || name)) STORED,
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX products_sku ON products (company_id, sku) WHERE deleted_at IS NULL;
CREATE INDEX products_created_at ON products (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX products_updated_at ON products (company_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX products_name ON products (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
CREATE INDEX products_sku_sort ON products (company_id, lower(sku COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
CREATE INDEX products_category ON products (company_id, category, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX products_search ON products USING gin (company_id, search_text gin_trgm_ops);

CREATE TABLE locations (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('WAREHOUSE', 'VEHICLE', 'CUSTOMER')),
  is_default boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX locations_key ON locations (company_id, key) WHERE deleted_at IS NULL;
-- One default at most: whoever makes it second finds the first.
CREATE UNIQUE INDEX locations_default ON locations (company_id) WHERE is_default AND deleted_at IS NULL;
CREATE INDEX locations_created_at ON locations (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX locations_name ON locations (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;

-- Stock of a product at a location: the row that changes of that stock queue for.
CREATE TABLE stock_levels (
  company_id uuid NOT NULL,
  product_id uuid NOT NULL,
  location_id uuid NOT NULL,
  id uuid NOT NULL,
  on_hand numeric(14, 3) NOT NULL DEFAULT 0,
  reserved numeric(14, 3) NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  value numeric(18, 2) NOT NULL DEFAULT 0 CHECK (value >= 0),
  -- Number of the last ledger entry here.
  last_seq bigint NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
  -- Time of the last ledger entry: the next is never earlier, even if a clock is set back.
  changed_at timestamptz(3) NOT NULL DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, product_id, location_id),
  FOREIGN KEY (company_id, product_id) REFERENCES products,
  FOREIGN KEY (company_id, location_id) REFERENCES locations,
  CONSTRAINT stock_levels_cover_reserved CHECK (reserved <= on_hand),
  CONSTRAINT stock_levels_empty_is_worthless CHECK (on_hand > 0 OR value = 0)
) WITH (fillfactor = 80);
CREATE INDEX stock_levels_location ON stock_levels (company_id, location_id, created_at, id);
CREATE INDEX stock_levels_created_at ON stock_levels (company_id, created_at, id);

-- A document that moved stock: its entries in the ledger commit with it. Receipts, deductions, adjustments are all postings.
CREATE TABLE postings (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('RECEIPT', 'CONSUMPTION', 'RETURN', 'ADJUSTMENT', 'TRANSFER', 'SCRAP')),
  work_order_id uuid,
  purchase_order_id uuid,
  actor_id uuid,
  occurred_at timestamptz(3) NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX postings_work_order ON postings (company_id, work_order_id) WHERE work_order_id IS NOT NULL;
CREATE INDEX postings_purchase_order ON postings (company_id, purchase_order_id);

-- A FIFO layer: what came in together at one cost.
CREATE TABLE batches (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  location_id uuid NOT NULL,
  posting_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  received_quantity numeric(14, 3) NOT NULL CHECK (received_quantity > 0),
  remaining_quantity numeric(14, 3) NOT NULL CHECK (remaining_quantity >= 0),
  unit_cost numeric(16, 4) NOT NULL CHECK (unit_cost >= 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  lot_code text,
  expires_at timestamptz(3),
  -- A function of what is left and nothing else: rounding never adds up, and the last unit takes all that is left.
  remaining_value numeric(18, 2) NOT NULL GENERATED ALWAYS AS (round(remaining_quantity * unit_cost, 2)) STORED,
  -- A column, so that taking a part of a layer touches no index: `WHERE remaining_quantity > 0` would make every take an index write.
  is_open boolean NOT NULL GENERATED ALWAYS AS (remaining_quantity > 0) STORED,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, product_id, location_id) REFERENCES stock_levels,
  FOREIGN KEY (company_id, posting_id) REFERENCES postings,
  CONSTRAINT batches_remaining_was_received CHECK (remaining_quantity <= received_quantity)
) WITH (fillfactor = 80);
CREATE INDEX batches_fifo ON batches (company_id, product_id, location_id, received_at, id);
CREATE INDEX batches_open ON batches (company_id, product_id, location_id, received_at, id) WHERE is_open;
CREATE INDEX batches_received_at ON batches (company_id, received_at, id);
CREATE INDEX batches_posting ON batches (company_id, posting_id);

-- The ledger: every change of stock, never altered. Corrections are new entries.
CREATE TABLE stock_transactions (
  company_id uuid NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  id uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  kind text NOT NULL CHECK (kind IN ('RECEIPT', 'CONSUMPTION', 'RETURN', 'ADJUSTMENT', 'TRANSFER', 'SCRAP')),
  product_id uuid NOT NULL,
  location_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  posting_id uuid NOT NULL,
  quantity numeric(14, 3) NOT NULL CHECK (quantity <> 0),
  unit_cost numeric(16, 4) NOT NULL CHECK (unit_cost >= 0),
  value numeric(18, 2) NOT NULL,
  -- Level of the product at the location after this entry: stock at any time is one entry, not a sum.
  on_hand_after numeric(14, 3) NOT NULL CHECK (on_hand_after >= 0),
  value_after numeric(18, 2) NOT NULL CHECK (value_after >= 0),
  reason text,
  actor_id uuid,
  PRIMARY KEY (company_id, occurred_at, id),
  FOREIGN KEY (company_id, batch_id) REFERENCES batches,
  FOREIGN KEY (company_id, posting_id) REFERENCES postings
) PARTITION BY RANGE (occurred_at);
CREATE UNIQUE INDEX stock_transactions_level ON stock_transactions (company_id, product_id, location_id, occurred_at, seq);
CREATE INDEX stock_transactions_product ON stock_transactions (company_id, product_id, occurred_at, id);
CREATE INDEX stock_transactions_batch ON stock_transactions (company_id, batch_id);
CREATE INDEX stock_transactions_posting ON stock_transactions (company_id, posting_id);

-- The grant keeps the service from changing the past; the trigger keeps everyone else from doing it by mistake.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: post a correction instead', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stock_transactions_append_only BEFORE UPDATE OR DELETE ON stock_transactions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stock_transactions_no_truncate BEFORE TRUNCATE ON stock_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON stock_transactions FROM {{role}};
REVOKE UPDATE, DELETE, TRUNCATE ON postings FROM {{role}};
SELECT maintain_partitions('stock_transactions', 2, NULL);

-- Prepared statements are planned once for all companies. Told the average company, the planner would read all of a company's rows where
-- it needs five, which is cheap for the average and a disaster for the largest: it plans for a company that has half of everything.
ALTER TABLE products ALTER COLUMN company_id SET (n_distinct = 2);
ALTER TABLE stock_levels ALTER COLUMN company_id SET (n_distinct = 2);
ALTER TABLE batches ALTER COLUMN company_id SET (n_distinct = 2);
ALTER TABLE postings ALTER COLUMN company_id SET (n_distinct = 2);
ALTER TABLE stock_transactions ALTER COLUMN company_id SET (n_distinct = 2, n_distinct_inherited = 2);

-- The last number given, per company and year: the row lock makes numbers gap-free, since it is undone with its transaction.
CREATE TABLE purchase_order_numbers (
  company_id uuid NOT NULL,
  year integer NOT NULL,
  last_number integer NOT NULL,
  PRIMARY KEY (company_id, year)
);

CREATE TABLE purchase_orders (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  supplier text NOT NULL,
  status text NOT NULL CHECK (status IN ('DRAFT', 'SUBMITTED', 'PARTIALLY_RECEIVED', 'RECEIVED', 'CLOSED', 'CANCELLED')),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  expected_at timestamptz(3),
  notes text,
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  search_text text NOT NULL GENERATED ALWAYS AS (fold(' ' || number || ' ' || supplier)) STORED,
  PRIMARY KEY (company_id, id),
  CONSTRAINT purchase_orders_number UNIQUE (company_id, number)
);
CREATE INDEX purchase_orders_created_at ON purchase_orders (company_id, created_at, id);
CREATE INDEX purchase_orders_number_sort ON purchase_orders (company_id, (number COLLATE pg_c_utf8), id);
CREATE INDEX purchase_orders_status ON purchase_orders (company_id, status, created_at, id);
CREATE INDEX purchase_orders_search ON purchase_orders USING gin (company_id, search_text gin_trgm_ops);

CREATE TABLE purchase_order_items (
  company_id uuid NOT NULL,
  purchase_order_id uuid NOT NULL,
  id uuid NOT NULL,
  position smallint NOT NULL,
  product_id uuid NOT NULL,
  quantity numeric(14, 3) NOT NULL CHECK (quantity > 0),
  unit_cost numeric(16, 4) NOT NULL CHECK (unit_cost >= 0),
  received_quantity numeric(14, 3) NOT NULL DEFAULT 0 CHECK (received_quantity >= 0),
  PRIMARY KEY (company_id, purchase_order_id, id),
  FOREIGN KEY (company_id, purchase_order_id) REFERENCES purchase_orders,
  FOREIGN KEY (company_id, product_id) REFERENCES products
);
CREATE INDEX purchase_order_items_product ON purchase_order_items (company_id, product_id);

ALTER TABLE postings ADD FOREIGN KEY (company_id, purchase_order_id) REFERENCES purchase_orders;
