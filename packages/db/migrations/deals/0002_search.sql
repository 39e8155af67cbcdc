-- What a deal is found by, apart from the deal: moving a deal through its stages leaves these two indexes alone.
CREATE TABLE deal_search (
  company_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  -- Title A, notes B, names of contact and customer C, in the company's language.
  words tsvector NOT NULL,
  -- The same folded, each word after a space: '% ab%' finds a word by its start.
  body text NOT NULL,
  PRIMARY KEY (company_id, deal_id),
  FOREIGN KEY (company_id, deal_id) REFERENCES deals
);
CREATE INDEX deal_search_words ON deal_search USING gin (company_id, words);
CREATE INDEX deal_search_body ON deal_search USING gin (company_id, body gin_trgm_ops);

-- The language of the company when the deal was last written.
ALTER TABLE deals ADD COLUMN search_language text NOT NULL DEFAULT 'simple';

-- A pattern for LIKE: part of a word, or the start of one that is too short for a trigram.
CREATE FUNCTION word_pattern(word text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN length(word) < 3 THEN '% ' ELSE '%' END || regexp_replace(fold(word), '([\\%_])', '\\\1', 'g') || '%';

CREATE FUNCTION index_deals(of_company uuid, deal_ids uuid[]) RETURNS void
  LANGUAGE sql AS $$
  INSERT INTO deal_search (company_id, deal_id, words, body)
  SELECT d.company_id, d.id,
    setweight(to_tsvector(d.search_language::regconfig, fold(d.title)), 'A')
      || setweight(to_tsvector(d.search_language::regconfig, fold(coalesce(d.notes, ''))), 'B')
      || setweight(to_tsvector(d.search_language::regconfig, fold(concat_ws(' ', c.name, u.name))), 'C'),
    fold(regexp_replace(concat_ws(' ', '', d.title, d.notes, c.name, u.name), '\s+', ' ', 'g'))
  FROM deals d
  LEFT JOIN contacts c ON c.company_id = d.company_id AND c.id = d.contact_id
  LEFT JOIN customers u ON u.company_id = d.company_id AND u.id = d.customer_id
  WHERE d.company_id = of_company AND d.id = ANY (deal_ids)
  ON CONFLICT (company_id, deal_id) DO UPDATE SET words = excluded.words, body = excluded.body;
$$;

-- Triggers, because every writer (a change, a bulk change, a merge, an import) must leave the index right.
CREATE FUNCTION index_new_deals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM index_deals(company_id, array_agg(id)) FROM made GROUP BY company_id;
  RETURN NULL;
END $$;
CREATE FUNCTION index_deal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM index_deals(NEW.company_id, ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE FUNCTION index_deals_of_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM index_deals(NEW.company_id, (SELECT array_agg(d.id) FROM deals d WHERE d.company_id = NEW.company_id AND d.contact_id = NEW.id));
  RETURN NULL;
END $$;
CREATE FUNCTION index_deals_of_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM index_deals(NEW.company_id, (SELECT array_agg(d.id) FROM deals d WHERE d.company_id = NEW.company_id AND d.customer_id = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER deals_index_new AFTER INSERT ON deals REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION index_new_deals();
CREATE TRIGGER deals_index_changed AFTER UPDATE OF title, notes, contact_id, customer_id, search_language ON deals FOR EACH ROW
  WHEN ((OLD.title, OLD.notes, OLD.contact_id, OLD.customer_id, OLD.search_language)
    IS DISTINCT FROM (NEW.title, NEW.notes, NEW.contact_id, NEW.customer_id, NEW.search_language))
  EXECUTE FUNCTION index_deal();
CREATE TRIGGER contacts_index_renamed AFTER UPDATE OF name ON contacts FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION index_deals_of_contact();
CREATE TRIGGER customers_index_renamed AFTER UPDATE OF name ON customers FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION index_deals_of_customer();

SELECT index_deals(company_id, array_agg(id)) FROM deals GROUP BY company_id;
