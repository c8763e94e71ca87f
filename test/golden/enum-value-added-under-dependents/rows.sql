INSERT INTO job (status, name) VALUES ('NEW', NULL), ('DONE', 'a');
CREATE VIEW new_job AS SELECT id FROM job WHERE status = 'NEW';
CREATE MATERIALIZED VIEW job_count AS SELECT status, count(*) AS number FROM job GROUP BY status;
CREATE POLICY new_jobs ON job FOR SELECT USING (status = 'NEW');
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER on_done BEFORE UPDATE OF status ON job FOR EACH ROW WHEN (new.status = 'DONE') EXECUTE FUNCTION noted();
