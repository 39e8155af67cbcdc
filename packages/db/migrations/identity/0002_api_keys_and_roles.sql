-- Which key a caller presents, for all companies: looked up before the tenant is known, as sign_in_names is.
CREATE TABLE api_key_prefixes (
  prefix text PRIMARY KEY,
  company_id uuid NOT NULL,
  api_key_id uuid NOT NULL
);

-- `sales` and `SALES` would be one role to whoever reads them. Few rows per company, so the build locks nothing for long.
-- squawk-ignore require-concurrent-index-creation -- migrations run in a transaction, and the table is small
CREATE UNIQUE INDEX roles_folded_key ON roles (company_id, lower(key)) WHERE deleted_at IS NULL;
-- squawk-ignore require-concurrent-index-creation -- as above
CREATE INDEX roles_name ON roles (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
-- squawk-ignore require-concurrent-index-creation -- as above
CREATE INDEX api_keys_name ON api_keys (company_id, lower(name COLLATE pg_c_utf8), id) WHERE revoked_at IS NULL;
