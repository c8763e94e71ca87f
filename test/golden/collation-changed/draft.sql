-- collation-changed

ALTER TABLE job ALTER COLUMN name TYPE character varying COLLATE "C";
