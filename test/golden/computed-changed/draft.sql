-- computed-changed

DROP INDEX ix_job_gross;

ALTER TABLE job DROP COLUMN gross;

ALTER TABLE job ADD COLUMN gross integer GENERATED ALWAYS AS (net * 3) STORED NOT NULL;

CREATE INDEX ix_job_gross ON job (gross);
