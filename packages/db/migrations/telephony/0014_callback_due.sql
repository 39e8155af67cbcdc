-- How soon a caller of the queue is to be called back.
ALTER TABLE queues ADD COLUMN callback_due_minutes integer NOT NULL DEFAULT 60 CHECK (callback_due_minutes BETWEEN 1 AND 10080);
-- Events that came after a later one of their call: how much a PBX, or the way to it, shuffles.
ALTER TABLE connection_activity ADD COLUMN out_of_order bigint NOT NULL DEFAULT 0;
