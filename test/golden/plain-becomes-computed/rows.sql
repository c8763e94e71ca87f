INSERT INTO job (net, gross) VALUES (2, 5);
