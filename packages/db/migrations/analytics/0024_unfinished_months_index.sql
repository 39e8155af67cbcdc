-- no-transaction
-- What the job has to look at: months to be added up, and those that were up to some day.
CREATE INDEX CONCURRENTLY IF NOT EXISTS rolled_months_unfinished ON rolled_months (month, company_id)
  WHERE NOT is_rolled OR rolled_until < (month + interval '1 month')::date;
DROP INDEX CONCURRENTLY IF EXISTS rolled_months_waiting;
