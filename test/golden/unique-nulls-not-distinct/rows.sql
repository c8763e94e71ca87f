INSERT INTO job (name) VALUES ('a'), (NULL);
