CREATE TABLE activities (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  deal_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('NOTE', 'CALL', 'MEETING', 'TASK', 'REMINDER', 'APPOINTMENT')),
  subject text NOT NULL,
  body text,
  due_at timestamptz(3),
  done_at timestamptz(3),
  starts_at timestamptz(3),
  ends_at timestamptz(3),
  assigned_to_id uuid,
  -- The call that the activity stands for, if a call made it.
  call_id uuid,
  -- When it was told that it is overdue.
  overdue_told_at timestamptz(3),
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, deal_id) REFERENCES deals
);
-- A call is one activity of a deal, however often its end is told.
CREATE UNIQUE INDEX activities_call ON activities (company_id, call_id, deal_id) WHERE call_id IS NOT NULL;
CREATE INDEX activities_deal ON activities (company_id, deal_id, created_at, id);
CREATE INDEX activities_created_at ON activities (company_id, created_at, id);
CREATE INDEX activities_due ON activities (company_id, coalesce(due_at, 'infinity'), id);
CREATE INDEX activities_assigned_due ON activities (company_id, assigned_to_id, coalesce(due_at, 'infinity'), id);
CREATE INDEX activities_not_told ON activities (due_at) WHERE done_at IS NULL AND overdue_told_at IS NULL;

ALTER TABLE deals ADD COLUMN rotting_told_at timestamptz(3);
