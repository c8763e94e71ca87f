-- computed-stored-to-virtual

ALTER TABLE job DROP COLUMN gross;

ALTER TABLE job ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2) NOT NULL;
