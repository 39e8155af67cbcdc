-- What a work order moves is traced to what it was made for, days later and by whoever approves it.
ALTER TABLE work_orders ADD COLUMN correlation_id text;
