INSERT INTO job (name, score) VALUES ('a', 1), ('b', 2);
