INSERT INTO job (net) VALUES (1);
