INSERT INTO job (effort, score) VALUES (1.5, 2), (2.5, 3), (7, 4);
