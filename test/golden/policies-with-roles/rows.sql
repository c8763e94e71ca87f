INSERT INTO job (name, status) VALUES ('a', 'NEW'), ('b', 'DONE');

ALTER TABLE job ENABLE ROW LEVEL SECURITY;
ALTER TABLE job FORCE ROW LEVEL SECURITY;
CREATE POLICY read_new ON job FOR SELECT TO golden_reader, golden_owner USING (status = 'NEW' AND name <> current_user);
CREATE POLICY write_new ON job AS RESTRICTIVE FOR INSERT TO golden_reader WITH CHECK (status = 'NEW');
COMMENT ON POLICY read_new ON job IS 'Only what is open';
CREATE TABLE hint (id integer PRIMARY KEY, job_id integer);
INSERT INTO hint VALUES (1, 1);
ALTER TABLE hint ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_new_jobs ON hint FOR ALL USING (EXISTS (SELECT FROM job WHERE job.id = hint.job_id AND job.status = 'NEW'));
