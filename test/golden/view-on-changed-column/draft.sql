-- view-on-changed-column

DROP VIEW open_count;
DROP VIEW open_job;
DROP MATERIALIZED VIEW job_names;
DROP POLICY only_new ON job;

CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN name TYPE text;
ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';

CREATE POLICY only_new ON public.job FOR SELECT TO PUBLIC USING (((status)::text = 'NEW'::text));
CREATE MATERIALIZED VIEW public.job_names AS SELECT name
   FROM job;
CREATE UNIQUE INDEX ix_job_names ON job_names (name);
CREATE VIEW public.open_job AS SELECT id,
    name,
    status
   FROM job
  WHERE ((status)::text = 'NEW'::text);
COMMENT ON VIEW open_job IS 'Waiting';
GRANT SELECT ON public.open_job TO PUBLIC;
CREATE VIEW public.open_count AS SELECT status,
    count(*) AS number
   FROM open_job
  GROUP BY status;
