INSERT INTO job (status) VALUES ('NEW'), ('new'), ('Done');
