INSERT INTO job (status) VALUES ('NEW'), ('DONE');
