INSERT INTO job (number, name) VALUES (1, 'a'), (2, 'b');
