INSERT INTO job (net, old) VALUES (1, 2);
