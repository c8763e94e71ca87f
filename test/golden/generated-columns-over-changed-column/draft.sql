-- generated-columns-over-changed-column

DROP VIEW job_label;

ALTER TABLE job DROP CONSTRAINT job_gross_key;
ALTER TABLE job DROP CONSTRAINT ck_job_gross;

ALTER TABLE job DROP COLUMN gross;
ALTER TABLE job DROP COLUMN label;

ALTER TABLE job ALTER COLUMN net TYPE bigint;
ALTER TABLE job ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2) STORED NOT NULL;
ALTER TABLE job ADD COLUMN label character varying GENERATED ALWAYS AS ('n' || net::text) STORED;
COMMENT ON COLUMN job.label IS 'For people';

ALTER TABLE job ADD CONSTRAINT job_gross_key UNIQUE (gross);
ALTER TABLE job ADD CONSTRAINT ck_job_gross CHECK (gross > 0);

CREATE VIEW public.job_label AS SELECT label
   FROM job;
