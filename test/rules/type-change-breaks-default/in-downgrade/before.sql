CREATE TABLE place (id integer PRIMARY KEY, floor integer DEFAULT 0);
INSERT INTO place VALUES (1, 3);
