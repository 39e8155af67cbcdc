-- A posting and what it wrote are of one instant; the keys now say so. So the entries and layers of a posting are found along the
-- indexes that list them by time, and need none of their own: every entry of the ledger, every layer was in one more index for that.
-- In one transaction, not CONCURRENTLY: see 0006.
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX postings_at ON postings (company_id, occurred_at, id);

ALTER TABLE stock_transactions DROP CONSTRAINT stock_transactions_company_id_posting_id_fkey;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE stock_transactions ADD FOREIGN KEY (company_id, occurred_at, posting_id) REFERENCES postings (company_id, occurred_at, id);
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX stock_transactions_posting;

ALTER TABLE batches DROP CONSTRAINT batches_company_id_posting_id_fkey;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE batches ADD FOREIGN KEY (company_id, received_at, posting_id) REFERENCES postings (company_id, occurred_at, id);
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX batches_posting;

-- Most postings have no purchase order.
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX postings_purchase_order;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX postings_purchase_order ON postings (company_id, purchase_order_id) WHERE purchase_order_id IS NOT NULL;
