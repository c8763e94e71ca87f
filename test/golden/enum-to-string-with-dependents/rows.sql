INSERT INTO job (status) VALUES ('NEW'), ('DONE');
CREATE VIEW new_job AS SELECT id, status FROM job WHERE status = 'NEW';
