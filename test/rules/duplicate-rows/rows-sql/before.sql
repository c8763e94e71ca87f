CREATE TABLE place (id bigint PRIMARY KEY, name text);
INSERT INTO place VALUES (1, 'Mill'), (2, 'Mill'), (3, NULL);
