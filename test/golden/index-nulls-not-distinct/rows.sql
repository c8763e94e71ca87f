INSERT INTO job (code) VALUES ('a'), (NULL);
