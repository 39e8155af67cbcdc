-- The current month is added up as well, up to the company's today, so that no question reads a month day by day. While a month is rolled, the
-- days before `rolled_until` are in its rows; null is all of them.
ALTER TABLE rolled_months ADD COLUMN rolled_until date;
ALTER TABLE {{schema}}_shadow.rolled_months ADD COLUMN rolled_until date;
