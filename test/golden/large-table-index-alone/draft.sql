-- large-table-index-alone

CREATE INDEX ix_sale_code ON sale (code);
