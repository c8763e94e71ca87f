-- large-table

DROP INDEX ix_sale_code;
DROP INDEX ix_sale_amount;
DROP INDEX ix_sale_region;

ALTER TABLE sale ADD COLUMN note character varying;
ALTER TABLE sale ALTER COLUMN region SET DEFAULT 'north';
-- 1 row without a value: the model's default fills them.
UPDATE sale SET region = 'north' WHERE region IS NULL;
ALTER TABLE sale ALTER COLUMN region SET NOT NULL;
-- 1 row without a value: the model's default fills them.
UPDATE sale SET channel = 'shop' WHERE channel IS NULL;
ALTER TABLE sale ALTER COLUMN channel SET NOT NULL;

ALTER TABLE sale ADD CONSTRAINT uq_sale_code_channel UNIQUE (code, channel);
ALTER TABLE sale ADD CONSTRAINT ck_sale_amount CHECK (amount >= 0);

CREATE INDEX ix_sale_code ON sale (code, region);
CREATE INDEX ix_sale_amount ON sale (amount) WHERE amount > 0;
CREATE INDEX ix_sale_channel ON sale (channel);

ALTER TABLE sale ADD CONSTRAINT fk_sale_customer FOREIGN KEY (customer_id) REFERENCES customer (id);
