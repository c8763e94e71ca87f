INSERT INTO job (name, status) VALUES ('a', 'NEW'), ('b', 'DONE');

CREATE VIEW open_job WITH (security_barrier = true) AS SELECT id, name, status FROM job WHERE status = 'NEW' WITH LOCAL CHECK OPTION;
CREATE VIEW any_job AS SELECT id, name FROM open_job WITH CASCADED CHECK OPTION;
ALTER VIEW any_job ALTER COLUMN name SET DEFAULT 'nobody';
