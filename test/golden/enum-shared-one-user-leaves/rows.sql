INSERT INTO job (status) VALUES ('NEW');
INSERT INTO task (state) VALUES ('DONE');
