-- view-with-trigger

DROP VIEW job_status;
DROP VIEW job_name;

ALTER TABLE job ALTER COLUMN name TYPE text;
ALTER TABLE job ALTER COLUMN status TYPE character varying(40);
ALTER TABLE job ALTER COLUMN net TYPE bigint;

CREATE VIEW public.job_name AS SELECT ((name)::text || '!'::text) AS name
   FROM job;
CREATE TRIGGER add_job INSTEAD OF INSERT ON public.job_name FOR EACH ROW EXECUTE FUNCTION add_job();
CREATE VIEW public.job_status AS SELECT DISTINCT status
   FROM job;
CREATE RULE no_delete AS
    ON DELETE TO public.job_status DO INSTEAD NOTHING;
