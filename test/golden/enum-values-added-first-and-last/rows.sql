INSERT INTO job (status) VALUES ('B');
