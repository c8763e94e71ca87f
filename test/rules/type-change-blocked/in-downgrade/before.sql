CREATE TABLE place (id integer PRIMARY KEY, price integer NOT NULL);
INSERT INTO place VALUES (1, 10), (2, 20);
