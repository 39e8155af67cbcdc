-- How much of the lead score a company gives to each input; no row means 40, 30, 15, 15.
CREATE TABLE lead_score_weights (
  company_id uuid NOT NULL PRIMARY KEY,
  value_weight smallint NOT NULL CHECK (value_weight >= 0),
  stage_weight smallint NOT NULL CHECK (stage_weight >= 0),
  priority_weight smallint NOT NULL CHECK (priority_weight >= 0),
  source_weight smallint NOT NULL CHECK (source_weight >= 0),
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK (value_weight + stage_weight + priority_weight + source_weight = 100)
);

-- As lead_score before, with weights: the value's share grows by a quarter for each factor of ten above 10, the stage's with its
-- probability. Each input has its share and a share never falls when its input rises, so neither does the sum, whatever the weights.
CREATE FUNCTION lead_score(value numeric, stage_probability integer, priority text, lead_source text,
  value_weight integer, stage_weight integer, priority_weight integer, source_weight integer) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN round(coalesce(value_weight, 40) * least(1, log(greatest(value, 10)::float8 / 10) / 4)
      + coalesce(stage_weight, 30) * stage_probability / 100.0)::integer
    + round(coalesce(priority_weight, 15) * CASE priority WHEN 'URGENT' THEN 3 WHEN 'HIGH' THEN 2 WHEN 'MEDIUM' THEN 1 ELSE 0 END / 3.0)::integer
    + round(coalesce(source_weight, 15) * CASE lead_source WHEN 'REFERRAL' THEN 15 WHEN 'PARTNER' THEN 12 WHEN 'EVENT' THEN 10 WHEN 'PHONE' THEN 8
        WHEN 'WEB' THEN 6 WHEN 'EMAIL' THEN 5 WHEN 'ADS' THEN 4 WHEN 'OTHER' THEN 2 ELSE 0 END / 15.0)::integer;
