-- Products as deals needs them: a projection of inventory's events.
CREATE TABLE product_refs (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (company_id, id)
);

CREATE TABLE line_items (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  deal_id uuid NOT NULL,
  position integer NOT NULL,
  -- As it was when the item was written: what was offered does not change with the product.
  name text NOT NULL,
  product_id uuid,
  quantity numeric(14, 3) NOT NULL CHECK (quantity > 0),
  one_time_price numeric(14, 2) NOT NULL CHECK (one_time_price >= 0),
  monthly_price numeric(14, 2) NOT NULL CHECK (monthly_price >= 0),
  discount_percent numeric(5, 2) NOT NULL CHECK (discount_percent BETWEEN 0 AND 100),
  one_time_total numeric(28, 2) NOT NULL GENERATED ALWAYS AS (round(quantity * one_time_price * (100 - discount_percent) / 100, 2)) STORED,
  monthly_total numeric(28, 2) NOT NULL GENERATED ALWAYS AS (round(quantity * monthly_price * (100 - discount_percent) / 100, 2)) STORED,
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, deal_id) REFERENCES deals
);
CREATE UNIQUE INDEX line_items_position ON line_items (company_id, deal_id, position);
