INSERT INTO job (status) VALUES ('NEW'), ('DONE');
CREATE VIEW done_job AS SELECT id, status FROM job WHERE status = 'DONE';
