-- Work orders, and the names of users, customers and deals that they show.

-- Projection of other services' events. What is deleted or inactive stays, so that an older event cannot bring it back and names last.
CREATE TABLE directory (
  company_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('user', 'customer', 'deal')),
  id uuid NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (company_id, kind, id)
);

-- What an event of another service does not carry: how to number and in what currency stock is valued.
CREATE TABLE companies (
  company_id uuid PRIMARY KEY,
  currency text NOT NULL,
  time_zone text NOT NULL,
  version integer NOT NULL
);

-- How a company wants its stock handled; a company without a row has the defaults.
CREATE TABLE settings (
  company_id uuid PRIMARY KEY,
  over_receipt_percent numeric(5, 2) NOT NULL DEFAULT 0 CHECK (over_receipt_percent BETWEEN 0 AND 100),
  won_deal_drafts_work_order boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE work_order_numbers (
  company_id uuid NOT NULL,
  year integer NOT NULL,
  last_number integer NOT NULL,
  PRIMARY KEY (company_id, year)
);

CREATE TABLE work_orders (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  description text,
  kind text NOT NULL CHECK (kind IN ('INSTALLATION', 'REPAIR', 'MAINTENANCE', 'JOB')),
  status text NOT NULL DEFAULT 'DRAFT' CHECK (status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED', 'APPROVED', 'CANCELLED')),
  priority text NOT NULL CHECK (priority IN ('LOW', 'MEDIUM', 'HIGH', 'URGENT')),
  customer_id uuid,
  deal_id uuid,
  parent_id uuid,
  address text,
  scheduled_start timestamptz(3),
  scheduled_end timestamptz(3),
  assignee_ids uuid[] NOT NULL DEFAULT '{}',
  started_at timestamptz(3),
  submitted_at timestamptz(3),
  approved_at timestamptz(3),
  approved_by_id uuid,
  cancelled_at timestamptz(3),
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  search_text text NOT NULL GENERATED ALWAYS AS (fold(' ' || number || ' ' || title || ' ' || coalesce(address, ''))) STORED,
  PRIMARY KEY (company_id, id),
  CONSTRAINT work_orders_number UNIQUE (company_id, number),
  FOREIGN KEY (company_id, parent_id) REFERENCES work_orders,
  CONSTRAINT work_orders_end_after_start CHECK (scheduled_end > scheduled_start)
);
CREATE INDEX work_orders_created_at ON work_orders (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_status ON work_orders (company_id, status, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_customer ON work_orders (company_id, customer_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_deal ON work_orders (company_id, deal_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_parent ON work_orders (company_id, parent_id);
-- Never null, so that a list can be sorted by it: what has no date comes last.
CREATE INDEX work_orders_start ON work_orders (company_id, (coalesce(scheduled_start, 'infinity')), id) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_assignees ON work_orders USING gin (company_id, assignee_ids) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_search ON work_orders USING gin (company_id, search_text gin_trgm_ops);

-- What a work order needs and has used, per product and location. The ledger says the same; this is what is shown and locked.
CREATE TABLE work_order_products (
  company_id uuid NOT NULL,
  work_order_id uuid NOT NULL,
  product_id uuid NOT NULL,
  location_id uuid NOT NULL,
  planned numeric(14, 3) NOT NULL DEFAULT 0 CHECK (planned >= 0),
  used numeric(14, 3) NOT NULL DEFAULT 0 CHECK (used >= 0),
  returned numeric(14, 3) NOT NULL DEFAULT 0 CHECK (returned >= 0),
  -- Of what was used and has not come back.
  cost numeric(18, 2) NOT NULL DEFAULT 0,
  PRIMARY KEY (company_id, work_order_id, product_id, location_id),
  FOREIGN KEY (company_id, work_order_id) REFERENCES work_orders,
  FOREIGN KEY (company_id, product_id, location_id) REFERENCES stock_levels,
  CONSTRAINT work_order_products_returned_was_used CHECK (returned <= used)
);
CREATE INDEX work_order_products_level ON work_order_products (company_id, product_id, location_id);

CREATE TABLE deactivated_devices (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  work_order_id uuid NOT NULL,
  product_id uuid,
  serial text NOT NULL,
  condition text NOT NULL,
  notes text,
  created_by_id uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, work_order_id) REFERENCES work_orders,
  FOREIGN KEY (company_id, product_id) REFERENCES products
);
CREATE INDEX deactivated_devices_created_at ON deactivated_devices (company_id, created_at, id);
CREATE INDEX deactivated_devices_work_order ON deactivated_devices (company_id, work_order_id, created_at, id);
CREATE INDEX deactivated_devices_product ON deactivated_devices (company_id, product_id);
CREATE INDEX deactivated_devices_serial ON deactivated_devices (company_id, serial);

CREATE TABLE work_order_activities (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  work_order_id uuid NOT NULL,
  action text NOT NULL,
  details jsonb NOT NULL,
  actor_id uuid,
  occurred_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, work_order_id) REFERENCES work_orders
);
CREATE INDEX work_order_activities_log ON work_order_activities (company_id, work_order_id, occurred_at, id);
REVOKE UPDATE, DELETE, TRUNCATE ON work_order_activities FROM {{role}};

ALTER TABLE work_orders ALTER COLUMN company_id SET (n_distinct = 2);
ALTER TABLE work_order_products ALTER COLUMN company_id SET (n_distinct = 2);
