INSERT INTO job (status) VALUES ('NEW');
COMMENT ON TYPE job_status IS 'Where a job stands';
