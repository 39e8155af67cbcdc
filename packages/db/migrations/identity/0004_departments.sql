CREATE TABLE departments (
  company_id uuid NOT NULL REFERENCES companies,
  id uuid NOT NULL,
  name text NOT NULL,
  parent_id uuid,
  head_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, parent_id) REFERENCES departments,
  FOREIGN KEY (company_id, head_id) REFERENCES users
);
CREATE INDEX departments_created_at ON departments (company_id, created_at, id);
CREATE INDEX departments_name ON departments (company_id, lower(name COLLATE pg_c_utf8), id);
CREATE INDEX departments_parent ON departments (company_id, parent_id, created_at, id);
CREATE INDEX departments_head ON departments (company_id, head_id);

-- What somebody is employed as, and the role that usually comes with it.
CREATE TABLE positions (
  company_id uuid NOT NULL REFERENCES companies,
  id uuid NOT NULL,
  name text NOT NULL,
  department_id uuid,
  role_id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, department_id) REFERENCES departments,
  FOREIGN KEY (company_id, role_id) REFERENCES roles
);
CREATE INDEX positions_created_at ON positions (company_id, created_at, id);
CREATE INDEX positions_name ON positions (company_id, lower(name COLLATE pg_c_utf8), id);
CREATE INDEX positions_department ON positions (company_id, department_id, created_at, id);
CREATE INDEX positions_role ON positions (company_id, role_id);

ALTER TABLE users ADD COLUMN department_id uuid, ADD COLUMN position_id uuid;
-- Not validated: the columns are new, so there is nothing to validate, and the scan would lock out every sign-in.
ALTER TABLE users ADD CONSTRAINT users_department FOREIGN KEY (company_id, department_id) REFERENCES departments NOT VALID;
ALTER TABLE users ADD CONSTRAINT users_position FOREIGN KEY (company_id, position_id) REFERENCES positions NOT VALID;
-- A team is a department as well. Not validated: users may name teams from the time before there were departments.
ALTER TABLE users ADD CONSTRAINT users_team_department FOREIGN KEY (company_id, team_id) REFERENCES departments NOT VALID;
-- squawk-ignore require-concurrent-index-creation -- migrations run in a transaction, and the columns are empty
CREATE INDEX users_department ON users (company_id, department_id, created_at, id);
-- squawk-ignore require-concurrent-index-creation -- as above
CREATE INDEX users_position ON users (company_id, position_id, created_at, id);
