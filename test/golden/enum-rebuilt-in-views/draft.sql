-- enum-rebuilt-in-views

DROP VIEW new_job;
DROP MATERIALIZED VIEW job_count;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';

DROP TYPE job_status_old;

CREATE MATERIALIZED VIEW public.job_count AS SELECT status,
    count(*) AS number
   FROM job
  WHERE (status = ANY (ARRAY['NEW'::job_status, 'DONE'::job_status]))
  GROUP BY status;
CREATE UNIQUE INDEX ix_job_count ON job_count (status);
CREATE VIEW public.new_job AS SELECT id,
    (status)::text AS status
   FROM job
  WHERE (status = 'NEW'::job_status);
GRANT SELECT ON public.new_job TO PUBLIC;
