INSERT INTO job (name, owner) VALUES ('a', 'x');
