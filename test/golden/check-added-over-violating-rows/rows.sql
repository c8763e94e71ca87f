INSERT INTO job (amount) VALUES (5), (0), (-3), (0);
