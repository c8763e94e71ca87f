INSERT INTO job (net) VALUES (2), (7);
