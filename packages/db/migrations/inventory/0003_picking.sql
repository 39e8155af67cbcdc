-- Which layer goes first is one column, so that the hot path has one index whatever a product's picking is:
-- FIFO: when it came; FEFO: when it expires, and what never does goes last.
ALTER TABLE products ADD COLUMN picking text NOT NULL DEFAULT 'FIFO' CHECK (picking IN ('FIFO', 'FEFO'));

ALTER TABLE batches ADD COLUMN pick_at timestamptz(3) NOT NULL DEFAULT 'infinity';
UPDATE batches SET pick_at = received_at;
ALTER TABLE batches ALTER COLUMN pick_at DROP DEFAULT;

-- Products whose available stock is at or below their reorder level: a row comes with the crossing and goes with the recovery,
-- so each crossing is told once.
CREATE TABLE low_stock (
  company_id uuid NOT NULL,
  product_id uuid NOT NULL,
  since timestamptz(3) NOT NULL DEFAULT now(),
  -- No foreign key: checking it would lock the product while its levels are held, the other way round than whoever deletes the product.
  PRIMARY KEY (company_id, product_id)
);
