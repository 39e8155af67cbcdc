-- Amendments, receipts and tolerance of purchase orders; stocktakes.

ALTER TABLE products ADD COLUMN over_receipt_percent numeric(5, 2) CHECK (over_receipt_percent BETWEEN 0 AND 100);

-- What was changed after the order had gone out.
CREATE TABLE purchase_order_amendments (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  purchase_order_id uuid NOT NULL,
  changes jsonb NOT NULL,
  actor_id uuid,
  occurred_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, purchase_order_id) REFERENCES purchase_orders
);
CREATE INDEX purchase_order_amendments_order ON purchase_order_amendments (company_id, purchase_order_id, occurred_at, id);
REVOKE UPDATE, DELETE, TRUNCATE ON purchase_order_amendments FROM {{role}};

CREATE TABLE stocktakes (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  location_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'POSTED')),
  notes text,
  posting_id uuid,
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  posted_at timestamptz(3),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, location_id) REFERENCES locations,
  FOREIGN KEY (company_id, posting_id) REFERENCES postings
);
CREATE INDEX stocktakes_created_at ON stocktakes (company_id, created_at, id);
CREATE INDEX stocktakes_location ON stocktakes (company_id, location_id, created_at, id);
CREATE INDEX stocktakes_posting ON stocktakes (company_id, posting_id);

CREATE TABLE stocktake_lines (
  company_id uuid NOT NULL,
  stocktake_id uuid NOT NULL,
  product_id uuid NOT NULL,
  -- What the books said, and after which entry of the ledger: a count made after later entries is compared with what they say by then.
  expected numeric(14, 3) NOT NULL,
  expected_seq bigint NOT NULL,
  counted numeric(14, 3) CHECK (counted >= 0),
  -- Whether stock moved between expectation and count, so that the expectation was taken anew.
  moved boolean NOT NULL DEFAULT false,
  counted_at timestamptz(3),
  counted_by_id uuid,
  PRIMARY KEY (company_id, stocktake_id, product_id),
  FOREIGN KEY (company_id, stocktake_id) REFERENCES stocktakes,
  FOREIGN KEY (company_id, product_id) REFERENCES products
);
CREATE INDEX stocktake_lines_product ON stocktake_lines (company_id, product_id);
