-- From when on the company's single calls are kept. Calls before that are counted, and stay as they were counted: what is told of them
-- later changes nothing, since there is no fact left to take off. Null: no counted call was dropped yet.
ALTER TABLE rollup_zones ADD COLUMN kept_from timestamptz(3);
ALTER TABLE {{schema}}_shadow.rollup_zones ADD COLUMN kept_from timestamptz(3);
