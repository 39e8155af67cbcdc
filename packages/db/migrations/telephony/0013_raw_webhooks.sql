-- What providers sent, as it came, for as long as their words may have to be read again; kept by the month, for less long than the
-- events that were made of it. `event_refs`: those that came with it first, as [call_key, event_key].
CREATE TABLE raw_webhooks (
  company_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  connection_id uuid NOT NULL,
  id uuid NOT NULL,
  raw_query text NOT NULL,
  body bytea NOT NULL,
  event_refs jsonb NOT NULL,
  PRIMARY KEY (company_id, connection_id, received_at, id)
) PARTITION BY RANGE (received_at);
REVOKE DELETE, TRUNCATE ON raw_webhooks FROM {{role}};
SELECT maintain_partitions('raw_webhooks', 2, NULL);
