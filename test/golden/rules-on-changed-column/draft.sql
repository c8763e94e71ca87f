-- rules-on-changed-column

DROP RULE log_status ON job;

ALTER TABLE job ALTER COLUMN name TYPE text;
ALTER TABLE job ALTER COLUMN status TYPE character varying(40);
ALTER TABLE job ALTER COLUMN net TYPE bigint;

CREATE RULE log_status AS
    ON UPDATE TO public.job
   WHERE ((old.status)::text IS DISTINCT FROM (new.status)::text) DO  INSERT INTO job_log (status)
  VALUES (new.status);
COMMENT ON RULE log_status ON public.job IS 'Keeps the log';
