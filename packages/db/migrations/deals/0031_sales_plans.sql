-- Who belongs to which team, and what teams are called: projections of identity's users and departments.
CREATE TABLE teams (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE TABLE team_members (
  company_id uuid NOT NULL,
  user_id uuid NOT NULL,
  team_id uuid,
  version integer NOT NULL,
  PRIMARY KEY (company_id, user_id)
);
CREATE INDEX team_members_team ON team_members (company_id, team_id, user_id) WHERE team_id IS NOT NULL;

-- What a user, a team or (with neither) the company is to reach in a year, a quarter or a month.
CREATE TABLE sales_plans (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid,
  team_id uuid,
  -- YYYY, YYYY-Qn or YYYY-MM, and its first and last day.
  period text NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  revenue numeric(14, 2) CHECK (revenue >= 0),
  revenue_currency text,
  -- In the company's currency at the rate in force when it was set: what progress is measured by.
  base_revenue numeric(18, 2),
  base_currency text,
  won_deals integer CHECK (won_deals >= 0),
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  CHECK (user_id IS NULL OR team_id IS NULL),
  CHECK (revenue IS NOT NULL OR won_deals IS NOT NULL),
  CHECK (num_nulls(revenue, revenue_currency, base_revenue, base_currency) IN (0, 4))
);
-- One plan of a period for each of them, whoever makes it first.
CREATE UNIQUE INDEX sales_plans_subject ON sales_plans (company_id, period, user_id, team_id) NULLS NOT DISTINCT;
CREATE INDEX sales_plans_period_start ON sales_plans (company_id, period_start, id);
CREATE INDEX sales_plans_created_at ON sales_plans (company_id, created_at, id);
CREATE INDEX sales_plans_user ON sales_plans (company_id, user_id, period_start, id);
