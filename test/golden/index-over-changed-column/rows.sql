INSERT INTO job (name) VALUES ('a'), ('b');
COMMENT ON INDEX ix_job_owner IS 'For the list';
