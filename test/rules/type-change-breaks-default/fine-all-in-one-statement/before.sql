CREATE TABLE place (id integer PRIMARY KEY, floor text DEFAULT '0');
INSERT INTO place VALUES (1, '3');
