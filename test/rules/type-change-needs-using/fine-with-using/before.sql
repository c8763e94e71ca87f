CREATE TABLE place (id integer PRIMARY KEY, floor text);
INSERT INTO place VALUES (1, '0');
