INSERT INTO job (code) VALUES ('ab');
