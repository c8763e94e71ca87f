-- computed-virtual-added

ALTER TABLE job ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2) NOT NULL;
