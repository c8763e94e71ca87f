CREATE TABLE place (id integer PRIMARY KEY, floor integer);
INSERT INTO place VALUES (1, 0), (2, 14);
