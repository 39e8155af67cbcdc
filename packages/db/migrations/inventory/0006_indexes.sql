-- In one transaction, not CONCURRENTLY: that would wait for whoever else waits to migrate, who waits for this.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX batches_pick ON batches (company_id, product_id, location_id, pick_at, id) WHERE is_open;
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX batches_open;
-- What is on order, per product.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX purchase_order_items_open ON purchase_order_items (company_id, product_id) WHERE received_quantity < quantity;
-- What can be suggested for reordering.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX products_reorder ON products (company_id, created_at, id) WHERE deleted_at IS NULL AND active AND reorder_level IS NOT NULL;
