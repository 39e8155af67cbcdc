-- Who did what, from the event logs of all services. Append-only for the service; whole months go when they are too old.
CREATE TABLE audit_entries (
  company_id uuid NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  -- The event's id: an event that is delivered twice is one entry.
  id uuid NOT NULL,
  service text NOT NULL,
  entity text NOT NULL,
  entity_id text NOT NULL,
  action text NOT NULL,
  actor_id uuid,
  request_id text NOT NULL,
  before jsonb,
  after jsonb,
  PRIMARY KEY (company_id, occurred_at, id)
) PARTITION BY RANGE (occurred_at);
-- squawk-ignore require-concurrent-index-creation -- the table is empty, and partitioned tables cannot do it concurrently
CREATE INDEX audit_entries_entity_id ON audit_entries (company_id, entity_id, occurred_at, id);
-- squawk-ignore require-concurrent-index-creation -- as above
CREATE INDEX audit_entries_actor ON audit_entries (company_id, actor_id, occurred_at, id);
-- squawk-ignore require-concurrent-index-creation -- as above
CREATE INDEX audit_entries_entity ON audit_entries (company_id, entity, occurred_at, id);

-- Events that come late, when a log is replayed, belong to months that no partition was made for.
CREATE TABLE audit_entries_older PARTITION OF audit_entries DEFAULT;
REVOKE ALL ON audit_entries_older FROM {{role}};
REVOKE UPDATE, TRUNCATE ON audit_entries FROM {{role}};
SELECT maintain_partitions('audit_entries', 2, NULL);
