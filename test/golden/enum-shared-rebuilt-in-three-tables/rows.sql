INSERT INTO job (status) VALUES ('NEW'), ('DONE');
INSERT INTO task (state) VALUES ('OLD'), (NULL);
INSERT INTO step (states) VALUES ('{NEW}');
