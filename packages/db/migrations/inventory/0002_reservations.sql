-- Promises: stock that is still here but spoken for. `stock_levels.reserved` is always the sum of the open lines there.

CREATE TABLE reservations (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'CONSUMED', 'RELEASED', 'EXPIRED')),
  deal_id uuid,
  work_order_id uuid,
  expires_at timestamptz(3),
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  -- What a work order holds ends with the work order, not with a clock.
  CONSTRAINT reservations_end_one_way CHECK (work_order_id IS NULL OR expires_at IS NULL)
);
CREATE INDEX reservations_created_at ON reservations (company_id, created_at, id);
CREATE INDEX reservations_status ON reservations (company_id, status, created_at, id);
CREATE INDEX reservations_deal ON reservations (company_id, deal_id, created_at, id) WHERE deal_id IS NOT NULL;
CREATE INDEX reservations_work_order ON reservations (company_id, work_order_id) WHERE work_order_id IS NOT NULL;
CREATE INDEX reservations_due ON reservations (expires_at) WHERE status = 'OPEN' AND expires_at IS NOT NULL;

CREATE TABLE reservation_lines (
  company_id uuid NOT NULL,
  reservation_id uuid NOT NULL,
  product_id uuid NOT NULL,
  location_id uuid NOT NULL,
  quantity numeric(14, 3) NOT NULL CHECK (quantity > 0),
  -- What is still held: neither consumed nor released.
  open_quantity numeric(14, 3) NOT NULL CHECK (open_quantity >= 0),
  PRIMARY KEY (company_id, reservation_id, product_id, location_id),
  FOREIGN KEY (company_id, reservation_id) REFERENCES reservations,
  FOREIGN KEY (company_id, product_id, location_id) REFERENCES stock_levels,
  CONSTRAINT reservation_lines_open_was_reserved CHECK (open_quantity <= quantity)
) WITH (fillfactor = 80);
CREATE INDEX reservation_lines_level ON reservation_lines (company_id, product_id, location_id);

ALTER TABLE reservations ALTER COLUMN company_id SET (n_distinct = 2);
ALTER TABLE reservation_lines ALTER COLUMN company_id SET (n_distinct = 2);
