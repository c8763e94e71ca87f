-- view-on-renamed-and-changed-column

-- status is now called state: answered; 2 of 2 rows keep their value.
ALTER TABLE job RENAME status TO state;

DROP VIEW open_job;
DROP POLICY only_new ON job;

ALTER TABLE job ALTER COLUMN name TYPE text;
ALTER TABLE job ALTER COLUMN state TYPE character varying(40);
ALTER TABLE job ALTER COLUMN net TYPE bigint;

CREATE POLICY only_new ON public.job FOR ALL TO PUBLIC USING (((state)::text = 'NEW'::text));
CREATE VIEW public.open_job AS SELECT id,
    state AS status
   FROM job
  WHERE ((state)::text = 'NEW'::text);
