INSERT INTO job (status) VALUES ('NEW'), ('OLD');
