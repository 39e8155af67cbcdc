-- Generated from the migrations by `pnpm db:dump`. Do not edit.

-- tables
TABLE batches
  company_id uuid NOT NULL
  id uuid NOT NULL
  product_id uuid NOT NULL
  location_id uuid NOT NULL
  posting_id uuid NOT NULL
  received_at timestamp(3) with time zone NOT NULL
  received_quantity numeric(14,3) NOT NULL
  remaining_quantity numeric(14,3) NOT NULL
  unit_cost numeric(16,4) NOT NULL
  currency text NOT NULL
  lot_code text
  expires_at timestamp(3) with time zone
  remaining_value numeric(18,2) NOT NULL GENERATED round((remaining_quantity * unit_cost), 2)
  is_open boolean NOT NULL GENERATED (remaining_quantity > (0)::numeric)
  pick_at timestamp(3) with time zone NOT NULL
TABLE companies
  company_id uuid NOT NULL
  currency text NOT NULL
  time_zone text NOT NULL
  version integer NOT NULL
TABLE deactivated_devices
  company_id uuid NOT NULL
  id uuid NOT NULL
  work_order_id uuid NOT NULL
  product_id uuid
  serial text NOT NULL
  condition text NOT NULL
  notes text
  created_by_id uuid
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE dead_letter
  company_id uuid NOT NULL
  id uuid NOT NULL
  consumer text NOT NULL
  event_id text NOT NULL
  subject text NOT NULL
  message text NOT NULL
  error text NOT NULL
  deliveries integer NOT NULL
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  resolved_at timestamp(3) with time zone
TABLE directory
  company_id uuid NOT NULL
  kind text NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  active boolean NOT NULL
  version integer NOT NULL
TABLE event_log PARTITION BY RANGE (occurred_at)
  company_id uuid NOT NULL
  occurred_at timestamp(3) with time zone NOT NULL DEFAULT now()
  event_id uuid NOT NULL
  seq bigint NOT NULL DEFAULT nextval('inventory.event_log_seq'::regclass)
  tx_id xid8 NOT NULL DEFAULT pg_current_xact_id()
  type text NOT NULL
  entity_id text NOT NULL
  entity_version integer NOT NULL
  actor_id uuid
  correlation_id text NOT NULL
  causation_id text
  traceparent text
  data jsonb NOT NULL
TABLE idempotency_keys
  company_id uuid NOT NULL
  user_id uuid NOT NULL
  key text NOT NULL
  fingerprint text NOT NULL
  status smallint NOT NULL
  headers jsonb NOT NULL
  body text NOT NULL
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE inbox
  company_id uuid NOT NULL
  consumer text NOT NULL
  event_id uuid NOT NULL
  received_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE locations
  company_id uuid NOT NULL
  id uuid NOT NULL
  key text NOT NULL
  name text NOT NULL
  kind text NOT NULL
  is_default boolean NOT NULL DEFAULT false
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
TABLE low_stock
  company_id uuid NOT NULL
  product_id uuid NOT NULL
  since timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE postings
  company_id uuid NOT NULL
  id uuid NOT NULL
  kind text NOT NULL
  work_order_id uuid
  purchase_order_id uuid
  actor_id uuid
  occurred_at timestamp(3) with time zone NOT NULL
TABLE products
  company_id uuid NOT NULL
  id uuid NOT NULL
  sku text NOT NULL
  name text NOT NULL
  unit text NOT NULL
  category text
  sale_price numeric(14,2) NOT NULL
  currency text NOT NULL
  reorder_level numeric(14,3)
  reorder_quantity numeric(14,3)
  lead_time_days integer
  active boolean NOT NULL DEFAULT true
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
  search_text text NOT NULL GENERATED inventory.fold((((' '::text || sku) || ' '::text) || name))
  picking text NOT NULL DEFAULT 'FIFO'::text
  over_receipt_percent numeric(5,2)
TABLE purchase_order_amendments
  company_id uuid NOT NULL
  id uuid NOT NULL
  purchase_order_id uuid NOT NULL
  changes jsonb NOT NULL
  actor_id uuid
  occurred_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE purchase_order_items
  company_id uuid NOT NULL
  purchase_order_id uuid NOT NULL
  id uuid NOT NULL
  position smallint NOT NULL
  product_id uuid NOT NULL
  quantity numeric(14,3) NOT NULL
  unit_cost numeric(16,4) NOT NULL
  received_quantity numeric(14,3) NOT NULL DEFAULT 0
  is_open boolean NOT NULL GENERATED (received_quantity < quantity)
TABLE purchase_order_numbers
  company_id uuid NOT NULL
  year integer NOT NULL
  last_number integer NOT NULL
TABLE purchase_orders
  company_id uuid NOT NULL
  id uuid NOT NULL
  number text NOT NULL
  supplier text NOT NULL
  status text NOT NULL
  currency text NOT NULL
  expected_at timestamp(3) with time zone
  notes text
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  search_text text NOT NULL GENERATED inventory.fold((((' '::text || number) || ' '::text) || supplier))
TABLE relay_cursor
  name text NOT NULL
  tx_id xid8 NOT NULL
  seq bigint NOT NULL
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE reservation_lines
  company_id uuid NOT NULL
  reservation_id uuid NOT NULL
  product_id uuid NOT NULL
  location_id uuid NOT NULL
  quantity numeric(14,3) NOT NULL
  open_quantity numeric(14,3) NOT NULL
TABLE reservations
  company_id uuid NOT NULL
  id uuid NOT NULL
  status text NOT NULL DEFAULT 'OPEN'::text
  deal_id uuid
  work_order_id uuid
  expires_at timestamp(3) with time zone
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE schema_migrations
  name text NOT NULL
  sha256 text NOT NULL
  applied_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE settings
  company_id uuid NOT NULL
  over_receipt_percent numeric(5,2) NOT NULL DEFAULT 0
  won_deal_drafts_work_order boolean NOT NULL DEFAULT false
  version integer NOT NULL DEFAULT 1
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE stock_levels
  company_id uuid NOT NULL
  product_id uuid NOT NULL
  location_id uuid NOT NULL
  id uuid NOT NULL
  on_hand numeric(14,3) NOT NULL DEFAULT 0
  reserved numeric(14,3) NOT NULL DEFAULT 0
  value numeric(18,2) NOT NULL DEFAULT 0
  last_seq bigint NOT NULL DEFAULT 0
  changed_at timestamp(3) with time zone NOT NULL DEFAULT now()
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE stock_transactions PARTITION BY RANGE (occurred_at)
  company_id uuid NOT NULL
  occurred_at timestamp(3) with time zone NOT NULL
  id uuid NOT NULL
  seq bigint NOT NULL
  kind text NOT NULL
  product_id uuid NOT NULL
  location_id uuid NOT NULL
  batch_id uuid NOT NULL
  posting_id uuid NOT NULL
  quantity numeric(14,3) NOT NULL
  unit_cost numeric(16,4) NOT NULL
  value numeric(18,2) NOT NULL
  on_hand_after numeric(14,3) NOT NULL
  value_after numeric(18,2) NOT NULL
  reason text
  actor_id uuid
TABLE stocktake_lines
  company_id uuid NOT NULL
  stocktake_id uuid NOT NULL
  product_id uuid NOT NULL
  expected numeric(14,3) NOT NULL
  expected_seq bigint NOT NULL
  counted numeric(14,3)
  moved boolean NOT NULL DEFAULT false
  counted_at timestamp(3) with time zone
  counted_by_id uuid
TABLE stocktakes
  company_id uuid NOT NULL
  id uuid NOT NULL
  location_id uuid NOT NULL
  status text NOT NULL DEFAULT 'OPEN'::text
  notes text
  posting_id uuid
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  posted_at timestamp(3) with time zone
TABLE work_order_activities
  company_id uuid NOT NULL
  id uuid NOT NULL
  work_order_id uuid NOT NULL
  action text NOT NULL
  details jsonb NOT NULL
  actor_id uuid
  occurred_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE work_order_numbers
  company_id uuid NOT NULL
  year integer NOT NULL
  last_number integer NOT NULL
TABLE work_order_products
  company_id uuid NOT NULL
  work_order_id uuid NOT NULL
  product_id uuid NOT NULL
  location_id uuid NOT NULL
  planned numeric(14,3) NOT NULL DEFAULT 0
  used numeric(14,3) NOT NULL DEFAULT 0
  returned numeric(14,3) NOT NULL DEFAULT 0
  cost numeric(18,2) NOT NULL DEFAULT 0
TABLE work_orders
  company_id uuid NOT NULL
  id uuid NOT NULL
  number text NOT NULL
  title text NOT NULL
  description text
  kind text NOT NULL
  status text NOT NULL DEFAULT 'DRAFT'::text
  priority text NOT NULL
  customer_id uuid
  deal_id uuid
  parent_id uuid
  address text
  scheduled_start timestamp(3) with time zone
  scheduled_end timestamp(3) with time zone
  assignee_ids uuid[] NOT NULL DEFAULT '{}'::uuid[]
  started_at timestamp(3) with time zone
  submitted_at timestamp(3) with time zone
  approved_at timestamp(3) with time zone
  approved_by_id uuid
  cancelled_at timestamp(3) with time zone
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
  search_text text NOT NULL GENERATED inventory.fold((((((' '::text || number) || ' '::text) || title) || ' '::text) || COALESCE(address, ''::text)))
  correlation_id text

-- constraints
batches: batches_company_id_product_id_location_id_fkey FOREIGN KEY (company_id, product_id, location_id) REFERENCES inventory.stock_levels(company_id, product_id, location_id)
batches: batches_company_id_received_at_posting_id_fkey FOREIGN KEY (company_id, received_at, posting_id) REFERENCES inventory.postings(company_id, occurred_at, id)
batches: batches_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
batches: batches_pkey PRIMARY KEY (company_id, id)
batches: batches_received_quantity_check CHECK ((received_quantity > (0)::numeric))
batches: batches_remaining_quantity_check CHECK ((remaining_quantity >= (0)::numeric))
batches: batches_remaining_was_received CHECK ((remaining_quantity <= received_quantity))
batches: batches_unit_cost_check CHECK ((unit_cost >= (0)::numeric))
companies: companies_pkey PRIMARY KEY (company_id)
deactivated_devices: deactivated_devices_company_id_product_id_fkey FOREIGN KEY (company_id, product_id) REFERENCES inventory.products(company_id, id)
deactivated_devices: deactivated_devices_company_id_work_order_id_fkey FOREIGN KEY (company_id, work_order_id) REFERENCES inventory.work_orders(company_id, id)
deactivated_devices: deactivated_devices_pkey PRIMARY KEY (company_id, id)
dead_letter: dead_letter_pkey PRIMARY KEY (company_id, id)
directory: directory_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'customer'::text, 'deal'::text])))
directory: directory_pkey PRIMARY KEY (company_id, kind, id)
event_log: event_log_pkey PRIMARY KEY (company_id, occurred_at, event_id)
idempotency_keys: idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
idempotency_keys: idempotency_keys_pkey PRIMARY KEY (company_id, user_id, key)
inbox: inbox_pkey PRIMARY KEY (company_id, consumer, event_id)
locations: locations_kind_check CHECK ((kind = ANY (ARRAY['WAREHOUSE'::text, 'VEHICLE'::text, 'CUSTOMER'::text])))
locations: locations_pkey PRIMARY KEY (company_id, id)
low_stock: low_stock_pkey PRIMARY KEY (company_id, product_id)
postings: postings_company_id_purchase_order_id_fkey FOREIGN KEY (company_id, purchase_order_id) REFERENCES inventory.purchase_orders(company_id, id)
postings: postings_kind_check CHECK ((kind = ANY (ARRAY['RECEIPT'::text, 'CONSUMPTION'::text, 'RETURN'::text, 'ADJUSTMENT'::text, 'TRANSFER'::text, 'SCRAP'::text])))
postings: postings_pkey PRIMARY KEY (company_id, id)
products: products_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
products: products_lead_time_days_check CHECK ((lead_time_days >= 0))
products: products_over_receipt_percent_check CHECK (((over_receipt_percent >= (0)::numeric) AND (over_receipt_percent <= (100)::numeric)))
products: products_picking_check CHECK ((picking = ANY (ARRAY['FIFO'::text, 'FEFO'::text])))
products: products_pkey PRIMARY KEY (company_id, id)
products: products_reorder_level_check CHECK ((reorder_level >= (0)::numeric))
products: products_reorder_quantity_check CHECK ((reorder_quantity >= (0)::numeric))
products: products_sale_price_check CHECK ((sale_price >= (0)::numeric))
purchase_order_amendments: purchase_order_amendments_company_id_purchase_order_id_fkey FOREIGN KEY (company_id, purchase_order_id) REFERENCES inventory.purchase_orders(company_id, id)
purchase_order_amendments: purchase_order_amendments_pkey PRIMARY KEY (company_id, id)
purchase_order_items: purchase_order_items_company_id_product_id_fkey FOREIGN KEY (company_id, product_id) REFERENCES inventory.products(company_id, id)
purchase_order_items: purchase_order_items_company_id_purchase_order_id_fkey FOREIGN KEY (company_id, purchase_order_id) REFERENCES inventory.purchase_orders(company_id, id)
purchase_order_items: purchase_order_items_pkey PRIMARY KEY (company_id, purchase_order_id, id)
purchase_order_items: purchase_order_items_quantity_check CHECK ((quantity > (0)::numeric))
purchase_order_items: purchase_order_items_received_quantity_check CHECK ((received_quantity >= (0)::numeric))
purchase_order_items: purchase_order_items_unit_cost_check CHECK ((unit_cost >= (0)::numeric))
purchase_order_numbers: purchase_order_numbers_pkey PRIMARY KEY (company_id, year)
purchase_orders: purchase_orders_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
purchase_orders: purchase_orders_number UNIQUE (company_id, number)
purchase_orders: purchase_orders_pkey PRIMARY KEY (company_id, id)
purchase_orders: purchase_orders_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'SUBMITTED'::text, 'PARTIALLY_RECEIVED'::text, 'RECEIVED'::text, 'CLOSED'::text, 'CANCELLED'::text])))
relay_cursor: relay_cursor_pkey PRIMARY KEY (name)
reservation_lines: reservation_lines_company_id_product_id_location_id_fkey FOREIGN KEY (company_id, product_id, location_id) REFERENCES inventory.stock_levels(company_id, product_id, location_id)
reservation_lines: reservation_lines_company_id_reservation_id_fkey FOREIGN KEY (company_id, reservation_id) REFERENCES inventory.reservations(company_id, id)
reservation_lines: reservation_lines_open_quantity_check CHECK ((open_quantity >= (0)::numeric))
reservation_lines: reservation_lines_open_was_reserved CHECK ((open_quantity <= quantity))
reservation_lines: reservation_lines_pkey PRIMARY KEY (company_id, reservation_id, product_id, location_id)
reservation_lines: reservation_lines_quantity_check CHECK ((quantity > (0)::numeric))
reservations: reservations_end_one_way CHECK (((work_order_id IS NULL) OR (expires_at IS NULL)))
reservations: reservations_pkey PRIMARY KEY (company_id, id)
reservations: reservations_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'CONSUMED'::text, 'RELEASED'::text, 'EXPIRED'::text])))
schema_migrations: schema_migrations_pkey PRIMARY KEY (name)
settings: settings_over_receipt_percent_check CHECK (((over_receipt_percent >= (0)::numeric) AND (over_receipt_percent <= (100)::numeric)))
settings: settings_pkey PRIMARY KEY (company_id)
stock_levels: stock_levels_company_id_location_id_fkey FOREIGN KEY (company_id, location_id) REFERENCES inventory.locations(company_id, id)
stock_levels: stock_levels_company_id_product_id_fkey FOREIGN KEY (company_id, product_id) REFERENCES inventory.products(company_id, id)
stock_levels: stock_levels_cover_reserved CHECK ((reserved <= on_hand))
stock_levels: stock_levels_empty_is_worthless CHECK (((on_hand > (0)::numeric) OR (value = (0)::numeric)))
stock_levels: stock_levels_last_seq_check CHECK ((last_seq >= 0))
stock_levels: stock_levels_pkey PRIMARY KEY (company_id, product_id, location_id)
stock_levels: stock_levels_reserved_check CHECK ((reserved >= (0)::numeric))
stock_levels: stock_levels_value_check CHECK ((value >= (0)::numeric))
stock_transactions: stock_transactions_company_id_batch_id_fkey FOREIGN KEY (company_id, batch_id) REFERENCES inventory.batches(company_id, id)
stock_transactions: stock_transactions_company_id_occurred_at_posting_id_fkey FOREIGN KEY (company_id, occurred_at, posting_id) REFERENCES inventory.postings(company_id, occurred_at, id)
stock_transactions: stock_transactions_kind_check CHECK ((kind = ANY (ARRAY['RECEIPT'::text, 'CONSUMPTION'::text, 'RETURN'::text, 'ADJUSTMENT'::text, 'TRANSFER'::text, 'SCRAP'::text])))
stock_transactions: stock_transactions_on_hand_after_check CHECK ((on_hand_after >= (0)::numeric))
stock_transactions: stock_transactions_pkey PRIMARY KEY (company_id, occurred_at, id)
stock_transactions: stock_transactions_quantity_check CHECK ((quantity <> (0)::numeric))
stock_transactions: stock_transactions_seq_check CHECK ((seq > 0))
stock_transactions: stock_transactions_unit_cost_check CHECK ((unit_cost >= (0)::numeric))
stock_transactions: stock_transactions_value_after_check CHECK ((value_after >= (0)::numeric))
stocktake_lines: stocktake_lines_company_id_product_id_fkey FOREIGN KEY (company_id, product_id) REFERENCES inventory.products(company_id, id)
stocktake_lines: stocktake_lines_company_id_stocktake_id_fkey FOREIGN KEY (company_id, stocktake_id) REFERENCES inventory.stocktakes(company_id, id)
stocktake_lines: stocktake_lines_counted_check CHECK ((counted >= (0)::numeric))
stocktake_lines: stocktake_lines_pkey PRIMARY KEY (company_id, stocktake_id, product_id)
stocktakes: stocktakes_company_id_location_id_fkey FOREIGN KEY (company_id, location_id) REFERENCES inventory.locations(company_id, id)
stocktakes: stocktakes_company_id_posting_id_fkey FOREIGN KEY (company_id, posting_id) REFERENCES inventory.postings(company_id, id)
stocktakes: stocktakes_pkey PRIMARY KEY (company_id, id)
stocktakes: stocktakes_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'POSTED'::text])))
work_order_activities: work_order_activities_company_id_work_order_id_fkey FOREIGN KEY (company_id, work_order_id) REFERENCES inventory.work_orders(company_id, id)
work_order_activities: work_order_activities_pkey PRIMARY KEY (company_id, id)
work_order_numbers: work_order_numbers_pkey PRIMARY KEY (company_id, year)
work_order_products: work_order_products_company_id_product_id_location_id_fkey FOREIGN KEY (company_id, product_id, location_id) REFERENCES inventory.stock_levels(company_id, product_id, location_id)
work_order_products: work_order_products_company_id_work_order_id_fkey FOREIGN KEY (company_id, work_order_id) REFERENCES inventory.work_orders(company_id, id)
work_order_products: work_order_products_pkey PRIMARY KEY (company_id, work_order_id, product_id, location_id)
work_order_products: work_order_products_planned_check CHECK ((planned >= (0)::numeric))
work_order_products: work_order_products_returned_check CHECK ((returned >= (0)::numeric))
work_order_products: work_order_products_returned_was_used CHECK ((returned <= used))
work_order_products: work_order_products_used_check CHECK ((used >= (0)::numeric))
work_orders: work_orders_company_id_parent_id_fkey FOREIGN KEY (company_id, parent_id) REFERENCES inventory.work_orders(company_id, id)
work_orders: work_orders_end_after_start CHECK ((scheduled_end > scheduled_start))
work_orders: work_orders_kind_check CHECK ((kind = ANY (ARRAY['INSTALLATION'::text, 'REPAIR'::text, 'MAINTENANCE'::text, 'JOB'::text])))
work_orders: work_orders_number UNIQUE (company_id, number)
work_orders: work_orders_pkey PRIMARY KEY (company_id, id)
work_orders: work_orders_priority_check CHECK ((priority = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text, 'URGENT'::text])))
work_orders: work_orders_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'SCHEDULED'::text, 'IN_PROGRESS'::text, 'SUBMITTED'::text, 'APPROVED'::text, 'CANCELLED'::text])))

-- indexes
CREATE INDEX batches_fifo ON inventory.batches USING btree (company_id, product_id, location_id, received_at, id)
CREATE INDEX batches_pick ON inventory.batches USING btree (company_id, product_id, location_id, pick_at, id) WHERE is_open
CREATE INDEX batches_received_at ON inventory.batches USING btree (company_id, received_at, id)
CREATE INDEX deactivated_devices_created_at ON inventory.deactivated_devices USING btree (company_id, created_at, id)
CREATE INDEX deactivated_devices_product ON inventory.deactivated_devices USING btree (company_id, product_id)
CREATE INDEX deactivated_devices_serial ON inventory.deactivated_devices USING btree (company_id, serial)
CREATE INDEX deactivated_devices_work_order ON inventory.deactivated_devices USING btree (company_id, work_order_id, created_at, id)
CREATE INDEX event_log_relay_order ON ONLY inventory.event_log USING btree (tx_id, seq)
CREATE INDEX idempotency_keys_created_at ON inventory.idempotency_keys USING btree (created_at)
CREATE INDEX inbox_received_at ON inventory.inbox USING btree (received_at)
CREATE INDEX locations_created_at ON inventory.locations USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX locations_name ON inventory.locations USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX postings_purchase_order ON inventory.postings USING btree (company_id, purchase_order_id) WHERE (purchase_order_id IS NOT NULL)
CREATE INDEX postings_work_order ON inventory.postings USING btree (company_id, work_order_id) WHERE (work_order_id IS NOT NULL)
CREATE INDEX products_category ON inventory.products USING btree (company_id, category, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX products_category_name ON inventory.products USING btree (company_id, category, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX products_category_sku ON inventory.products USING btree (company_id, category, lower((sku COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX products_category_updated_at ON inventory.products USING btree (company_id, category, updated_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX products_created_at ON inventory.products USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX products_name ON inventory.products USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX products_reorder ON inventory.products USING btree (company_id, created_at, id) WHERE ((deleted_at IS NULL) AND active AND (reorder_level IS NOT NULL))
CREATE INDEX products_search ON inventory.products USING gin (company_id, search_text extensions.gin_trgm_ops)
CREATE INDEX products_sku_sort ON inventory.products USING btree (company_id, lower((sku COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX products_updated_at ON inventory.products USING btree (company_id, updated_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX purchase_order_amendments_order ON inventory.purchase_order_amendments USING btree (company_id, purchase_order_id, occurred_at, id)
CREATE INDEX purchase_order_items_open ON inventory.purchase_order_items USING btree (company_id, product_id) WHERE is_open
CREATE INDEX purchase_order_items_product ON inventory.purchase_order_items USING btree (company_id, product_id)
CREATE INDEX purchase_orders_created_at ON inventory.purchase_orders USING btree (company_id, created_at, id)
CREATE INDEX purchase_orders_number_sort ON inventory.purchase_orders USING btree (company_id, number COLLATE pg_c_utf8, id)
CREATE INDEX purchase_orders_search ON inventory.purchase_orders USING gin (company_id, search_text extensions.gin_trgm_ops)
CREATE INDEX purchase_orders_status ON inventory.purchase_orders USING btree (company_id, status, created_at, id)
CREATE INDEX reservation_lines_level ON inventory.reservation_lines USING btree (company_id, product_id, location_id)
CREATE INDEX reservations_created_at ON inventory.reservations USING btree (company_id, created_at, id)
CREATE INDEX reservations_deal ON inventory.reservations USING btree (company_id, deal_id, created_at, id) WHERE (deal_id IS NOT NULL)
CREATE INDEX reservations_due ON inventory.reservations USING btree (expires_at) WHERE ((status = 'OPEN'::text) AND (expires_at IS NOT NULL))
CREATE INDEX reservations_status ON inventory.reservations USING btree (company_id, status, created_at, id)
CREATE INDEX reservations_work_order ON inventory.reservations USING btree (company_id, work_order_id) WHERE (work_order_id IS NOT NULL)
CREATE INDEX stock_levels_created_at ON inventory.stock_levels USING btree (company_id, created_at, id)
CREATE INDEX stock_levels_location ON inventory.stock_levels USING btree (company_id, location_id, created_at, id)
CREATE INDEX stock_transactions_batch ON ONLY inventory.stock_transactions USING btree (company_id, batch_id)
CREATE INDEX stock_transactions_product ON ONLY inventory.stock_transactions USING btree (company_id, product_id, occurred_at, id)
CREATE INDEX stocktake_lines_product ON inventory.stocktake_lines USING btree (company_id, product_id)
CREATE INDEX stocktakes_created_at ON inventory.stocktakes USING btree (company_id, created_at, id)
CREATE INDEX stocktakes_location ON inventory.stocktakes USING btree (company_id, location_id, created_at, id)
CREATE INDEX stocktakes_posting ON inventory.stocktakes USING btree (company_id, posting_id)
CREATE INDEX work_order_activities_log ON inventory.work_order_activities USING btree (company_id, work_order_id, occurred_at, id)
CREATE INDEX work_order_products_level ON inventory.work_order_products USING btree (company_id, product_id, location_id)
CREATE INDEX work_orders_assignees ON inventory.work_orders USING gin (company_id, assignee_ids) WHERE (deleted_at IS NULL)
CREATE INDEX work_orders_created_at ON inventory.work_orders USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX work_orders_customer ON inventory.work_orders USING btree (company_id, customer_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX work_orders_deal ON inventory.work_orders USING btree (company_id, deal_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX work_orders_number_sort ON inventory.work_orders USING btree (company_id, number COLLATE pg_c_utf8, id) WHERE (deleted_at IS NULL)
CREATE INDEX work_orders_parent ON inventory.work_orders USING btree (company_id, parent_id)
CREATE INDEX work_orders_priority ON inventory.work_orders USING btree (company_id, priority, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX work_orders_search ON inventory.work_orders USING gin (company_id, search_text extensions.gin_trgm_ops)
CREATE INDEX work_orders_start ON inventory.work_orders USING btree (company_id, COALESCE(scheduled_start, 'infinity'::timestamp with time zone), id) WHERE (deleted_at IS NULL)
CREATE INDEX work_orders_status ON inventory.work_orders USING btree (company_id, status, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX work_orders_status_start ON inventory.work_orders USING btree (company_id, status, COALESCE(scheduled_start, 'infinity'::timestamp with time zone), id) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX dead_letter_open ON inventory.dead_letter USING btree (company_id, consumer, event_id) WHERE (resolved_at IS NULL)
CREATE UNIQUE INDEX locations_default ON inventory.locations USING btree (company_id) WHERE (is_default AND (deleted_at IS NULL))
CREATE UNIQUE INDEX locations_key ON inventory.locations USING btree (company_id, key) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX postings_at ON inventory.postings USING btree (company_id, occurred_at, id)
CREATE UNIQUE INDEX products_sku ON inventory.products USING btree (company_id, sku) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX stock_transactions_level ON ONLY inventory.stock_transactions USING btree (company_id, product_id, location_id, occurred_at, seq)

-- functions
fold(value text) RETURNS text
iso(at timestamp with time zone) RETURNS text
maintain_partitions(parent text, months_ahead integer, retention_months integer) RETURNS integer SECURITY DEFINER
refuse_change() RETURNS trigger

-- triggers
CREATE TRIGGER stock_transactions_append_only BEFORE DELETE OR UPDATE ON inventory.stock_transactions FOR EACH ROW EXECUTE FUNCTION inventory.refuse_change()
CREATE TRIGGER stock_transactions_no_truncate BEFORE TRUNCATE ON inventory.stock_transactions FOR EACH STATEMENT EXECUTE FUNCTION inventory.refuse_change()

-- grants
batches: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
companies: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
deactivated_devices: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
dead_letter: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
directory: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
event_log: dealwire_inventory INSERT, SELECT
event_log_seq: dealwire_inventory USAGE
idempotency_keys: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
inbox: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
locations: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
low_stock: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
postings: dealwire_inventory INSERT, SELECT
products: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
purchase_order_amendments: dealwire_inventory INSERT, SELECT
purchase_order_items: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
purchase_order_numbers: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
purchase_orders: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
relay_cursor: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
reservation_lines: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
reservations: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
schema_migrations: dealwire_inventory SELECT
settings: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
stock_levels: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
stock_transactions: dealwire_inventory INSERT, SELECT
stocktake_lines: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
stocktakes: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
work_order_activities: dealwire_inventory INSERT, SELECT
work_order_numbers: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
work_order_products: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
work_orders: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
