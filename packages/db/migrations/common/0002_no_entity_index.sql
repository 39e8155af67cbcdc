-- Nothing reads the log by entity: the audit log has an index of its own. Every event of every service paid for this one.
-- squawk-ignore require-concurrent-index-deletion -- an index of a partitioned table cannot be dropped concurrently; it is gone in a moment
DROP INDEX IF EXISTS event_log_entity;
