-- enum-rebuilt-in-policy

DROP POLICY only_new ON job;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';

DROP TYPE job_status_old;

CREATE POLICY only_new ON public.job AS RESTRICTIVE FOR UPDATE TO golden_reader USING ((status = 'NEW'::job_status)) WITH CHECK ((status = ANY (ARRAY['NEW'::job_status, 'DONE'::job_status])));
COMMENT ON POLICY only_new ON public.job IS 'Others are closed';
