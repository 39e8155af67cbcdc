-- Whom a customer was merged into: what happened with it happened with that one. Asked when read, so that no order of events matters.
ALTER TABLE customer_refs ADD COLUMN merged_into_id uuid;
