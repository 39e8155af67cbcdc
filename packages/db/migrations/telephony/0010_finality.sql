-- Since when nothing more is expected of an ended call. Calls from before this column have had their time: a constant default
-- marks them without rewriting the table; new ones begin without.
ALTER TABLE calls ADD COLUMN finalized_at timestamptz(3) DEFAULT '2000-01-01T00:00:00Z';
ALTER TABLE calls ALTER COLUMN finalized_at DROP DEFAULT;
