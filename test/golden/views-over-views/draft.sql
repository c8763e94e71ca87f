-- views-over-views

DROP VIEW all_names;
DROP VIEW first_names;
DROP MATERIALIZED VIEW job_names;

ALTER TABLE job ALTER COLUMN name TYPE text;
ALTER TABLE job ALTER COLUMN status TYPE character varying(40);
ALTER TABLE job ALTER COLUMN net TYPE bigint;

CREATE MATERIALIZED VIEW public.job_names AS SELECT name,
    net
   FROM job
  WHERE ((status)::text <> 'X'::text);
CREATE UNIQUE INDEX ix_job_names ON job_names (name);
COMMENT ON INDEX ix_job_names IS 'For refresh concurrently';
CREATE INDEX ix_job_names_lower ON job_names (lower((name)::text)) WITH (fillfactor = 70) WHERE net IS NOT NULL;
COMMENT ON MATERIALIZED VIEW job_names IS 'Refreshed by night';
COMMENT ON COLUMN public.job_names.name IS 'As people know it';
GRANT SELECT ON public.job_names TO golden_reader WITH GRANT OPTION;
CREATE VIEW public.first_names AS SELECT min((name)::text) AS name,
    sum(net) AS net
   FROM job_names;
ALTER VIEW public.first_names OWNER TO golden_owner;
CREATE VIEW public.all_names AS SELECT first_names.name
   FROM first_names
UNION ALL
 SELECT job.name
   FROM job;
COMMENT ON COLUMN public.all_names.name IS 'Whichever';
GRANT INSERT, SELECT ON public.all_names TO golden_reader;
GRANT UPDATE (name) ON public.all_names TO golden_reader;
ALTER VIEW public.all_names OWNER TO postgres;
