-- enum-type-renamed-under-dependents

ALTER TYPE job_status RENAME TO work_status;

DROP VIEW new_job;

ALTER TABLE job ALTER COLUMN net TYPE bigint;

CREATE VIEW public.new_job AS SELECT id,
    net
   FROM job
  WHERE (status = 'NEW'::work_status);
