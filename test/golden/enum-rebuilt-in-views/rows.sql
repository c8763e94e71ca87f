INSERT INTO job (status) VALUES ('NEW'), ('DONE');
CREATE MATERIALIZED VIEW job_count AS SELECT status, count(*) AS number FROM job WHERE status IN ('NEW', 'DONE') GROUP BY status;
CREATE UNIQUE INDEX ix_job_count ON job_count (status);
CREATE VIEW new_job AS SELECT id, status::text AS status FROM job WHERE status = 'NEW';
GRANT SELECT ON new_job TO PUBLIC;
