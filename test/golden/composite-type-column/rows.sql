INSERT INTO job (name, place) VALUES ('a', '(1,2)');
