INSERT INTO job (name, status) VALUES ('a', 'NEW'), ('b', 'DONE');
CREATE VIEW open_job AS SELECT id, status FROM job WHERE status = 'NEW';
