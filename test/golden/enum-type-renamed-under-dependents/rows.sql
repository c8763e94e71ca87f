INSERT INTO job (status, net) VALUES ('NEW', 1);
CREATE VIEW new_job AS SELECT id, net FROM job WHERE status = 'NEW';
