-- A rate is a resource of the API: it has an id to be addressed by and a version to be changed by.
-- squawk-ignore adding-field-with-default -- a company has a handful of rates, so rewriting the table is short
ALTER TABLE currency_rates ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE currency_rates
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN created_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now();
