-- As with layers (0001): a column, so that receiving a part of an item touches no index. `WHERE received_quantity < quantity` makes each one an index write.
-- Rewriting a table of orders' items takes moments.
-- squawk-ignore adding-field-with-default
ALTER TABLE purchase_order_items ADD COLUMN is_open boolean NOT NULL GENERATED ALWAYS AS (received_quantity < quantity) STORED;
ALTER TABLE purchase_order_items SET (fillfactor = 80);
-- In one transaction, not CONCURRENTLY: see 0006.
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX purchase_order_items_open;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX purchase_order_items_open ON purchase_order_items (company_id, product_id) WHERE is_open;
