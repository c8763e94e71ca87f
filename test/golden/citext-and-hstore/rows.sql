INSERT INTO job (name, kept) VALUES ('a', 'b');
