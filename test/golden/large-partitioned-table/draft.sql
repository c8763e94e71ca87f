-- large-partitioned-table

ALTER TABLE sale ALTER COLUMN code SET NOT NULL;

CREATE INDEX ix_sale_code ON sale (code);
