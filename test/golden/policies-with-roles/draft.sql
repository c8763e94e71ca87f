-- policies-with-roles

DROP POLICY of_new_jobs ON hint;
DROP POLICY read_new ON job;
DROP POLICY write_new ON job;

ALTER TABLE job ALTER COLUMN name TYPE text;
ALTER TABLE job ALTER COLUMN status TYPE character varying(40);
ALTER TABLE job ALTER COLUMN net TYPE bigint;

CREATE POLICY of_new_jobs ON public.hint FOR ALL TO PUBLIC USING ((EXISTS ( SELECT
   FROM job
  WHERE ((job.id = hint.job_id) AND ((job.status)::text = 'NEW'::text)))));
CREATE POLICY read_new ON public.job FOR SELECT TO golden_owner, golden_reader USING ((((status)::text = 'NEW'::text) AND ((name)::text <> CURRENT_USER)));
COMMENT ON POLICY read_new ON public.job IS 'Only what is open';
CREATE POLICY write_new ON public.job AS RESTRICTIVE FOR INSERT TO golden_reader WITH CHECK (((status)::text = 'NEW'::text));
