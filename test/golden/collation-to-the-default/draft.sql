-- collation-to-the-default

ALTER TABLE job ALTER COLUMN name TYPE character varying;
