INSERT INTO job (score) VALUES (1);
