-- views-with-options

DROP VIEW any_job;
DROP VIEW open_job;

ALTER TABLE job ALTER COLUMN name TYPE text;
ALTER TABLE job ALTER COLUMN status TYPE character varying(40);
ALTER TABLE job ALTER COLUMN net TYPE bigint;

CREATE VIEW public.open_job WITH (security_barrier=true, check_option=local) AS SELECT id,
    name,
    status
   FROM job
  WHERE ((status)::text = 'NEW'::text);
CREATE VIEW public.any_job WITH (check_option=cascaded) AS SELECT id,
    name
   FROM open_job;
ALTER VIEW public.any_job ALTER COLUMN name SET DEFAULT 'nobody'::character varying;
