-- What people did, or are to do, on deals; one row per activity as of its newest version.
CREATE TABLE activity_facts (
  company_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  version integer NOT NULL,
  deleted boolean NOT NULL,
  deal_id uuid NOT NULL,
  -- Of the deal when the event was told.
  customer_id uuid,
  kind text NOT NULL,
  assigned_to_id uuid,
  created_by_id uuid,
  created_at timestamptz(3) NOT NULL,
  due_at timestamptz(3),
  done_at timestamptz(3),
  PRIMARY KEY (company_id, activity_id)
);
CREATE INDEX activity_facts_created ON activity_facts (company_id, created_at) WHERE NOT deleted;
CREATE INDEX activity_facts_done ON activity_facts (company_id, done_at) WHERE done_at IS NOT NULL AND NOT deleted;
CREATE INDEX activity_facts_open ON activity_facts (company_id, due_at) WHERE done_at IS NULL AND NOT deleted;
CREATE INDEX activity_facts_customer ON activity_facts (company_id, customer_id) WHERE customer_id IS NOT NULL AND NOT deleted;

CREATE UNLOGGED TABLE {{schema}}_shadow.activity_facts (LIKE activity_facts INCLUDING ALL);
GRANT SELECT, INSERT, UPDATE, DELETE ON {{schema}}_shadow.activity_facts TO {{role}};

-- An entry that is taken back stays behind with its version, so that a late event cannot bring it back.
ALTER TABLE timeline_entries ADD COLUMN deleted boolean NOT NULL DEFAULT false;
ALTER TABLE {{schema}}_shadow.timeline_entries ADD COLUMN deleted boolean NOT NULL DEFAULT false;
-- Whatever takes an entry back need not know what was in it. Nobody reads entries that were taken back.
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE timeline_entries ALTER COLUMN customer_id DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE timeline_entries ALTER COLUMN occurred_at DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE timeline_entries ALTER COLUMN kind DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE timeline_entries ALTER COLUMN subject_id DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE timeline_entries ALTER COLUMN details DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE {{schema}}_shadow.timeline_entries ALTER COLUMN customer_id DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE {{schema}}_shadow.timeline_entries ALTER COLUMN occurred_at DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE {{schema}}_shadow.timeline_entries ALTER COLUMN kind DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE {{schema}}_shadow.timeline_entries ALTER COLUMN subject_id DROP NOT NULL;
-- squawk-ignore ban-drop-not-null -- readers leave out what was taken back
ALTER TABLE {{schema}}_shadow.timeline_entries ALTER COLUMN details DROP NOT NULL;

ALTER TABLE agent_snapshots ADD COLUMN activities_done bigint NOT NULL DEFAULT 0;
