INSERT INTO job (name) VALUES ('a'), ('b');
INSERT INTO task (title, job_id) VALUES ('t', 1);
