-- computed-virtual-to-stored

ALTER TABLE job DROP COLUMN gross;

ALTER TABLE job ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2) STORED NOT NULL;
