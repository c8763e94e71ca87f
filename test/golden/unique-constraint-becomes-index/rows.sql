INSERT INTO job (name) VALUES ('a'), ('b');
