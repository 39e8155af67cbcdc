-- Whom a merged one lives on as: always one that was not merged itself, so a redirect is one step and never a loop.
ALTER TABLE customers ADD COLUMN merged_into_id uuid;
ALTER TABLE contacts ADD COLUMN merged_into_id uuid;
ALTER TABLE customers ADD CONSTRAINT customers_merged_into FOREIGN KEY (company_id, merged_into_id) REFERENCES customers NOT VALID;
ALTER TABLE contacts ADD CONSTRAINT contacts_merged_into FOREIGN KEY (company_id, merged_into_id) REFERENCES contacts NOT VALID;
ALTER TABLE customers ADD CONSTRAINT customers_merged_are_deleted CHECK (merged_into_id IS NULL OR deleted_at IS NOT NULL) NOT VALID;
ALTER TABLE contacts ADD CONSTRAINT contacts_merged_are_deleted CHECK (merged_into_id IS NULL OR deleted_at IS NOT NULL) NOT VALID;
