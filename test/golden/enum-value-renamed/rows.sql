INSERT INTO job (status) VALUES ('NEW'), ('DONE');
INSERT INTO task (state) VALUES ('DONE');
