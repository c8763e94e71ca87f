-- enum-to-string-with-dependents

DROP VIEW new_job;

ALTER TABLE job DROP CONSTRAINT ck_job_done;

DROP INDEX ix_job_new;

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE text;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';

ALTER TABLE job ADD CONSTRAINT ck_job_done CHECK (status <> 'DONE' OR name IS NULL);

CREATE INDEX ix_job_new ON job (name) WHERE status = 'NEW';

DROP TYPE job_status;

CREATE VIEW public.new_job AS SELECT id,
    status
   FROM job
  WHERE (status = 'NEW'::text);
