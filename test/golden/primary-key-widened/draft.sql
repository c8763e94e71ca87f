-- primary-key-widened

ALTER TABLE price DROP CONSTRAINT price_pkey;
ALTER TABLE price ADD CONSTRAINT price_pkey PRIMARY KEY (sku, day);
