-- collation-left-open-kept

ALTER TABLE job ALTER COLUMN name TYPE character varying(40) COLLATE "C";
