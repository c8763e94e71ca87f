-- plain-becomes-computed

-- 1 of 1 rows have a value in gross.
ALTER TABLE job DROP COLUMN gross;

ALTER TABLE job ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2) STORED;
