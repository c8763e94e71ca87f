INSERT INTO job (name, status) VALUES ('a', 'NEW'), ('b', 'DONE');
CREATE VIEW open_job AS SELECT id, name, status FROM job WHERE status = 'NEW';
CREATE VIEW open_count AS SELECT status, count(*) AS number FROM open_job GROUP BY status;
CREATE MATERIALIZED VIEW job_names AS SELECT name FROM job;
CREATE UNIQUE INDEX ix_job_names ON job_names (name);
COMMENT ON VIEW open_job IS 'Waiting';
GRANT SELECT ON open_job TO PUBLIC;
ALTER TABLE job ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_new ON job FOR SELECT USING (status = 'NEW');
