-- What 0020 added, for the tables in which figures are made anew.
ALTER TABLE {{schema}}_shadow.customer_refs ADD COLUMN IF NOT EXISTS merged_into_id uuid;
