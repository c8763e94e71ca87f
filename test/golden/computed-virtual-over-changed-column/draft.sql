-- computed-virtual-over-changed-column

ALTER TABLE job DROP COLUMN gross;

ALTER TABLE job ALTER COLUMN net TYPE bigint;
ALTER TABLE job ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2);
