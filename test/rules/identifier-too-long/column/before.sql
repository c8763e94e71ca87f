CREATE TABLE place (id integer PRIMARY KEY, status text, is_open boolean, floor integer);
INSERT INTO place VALUES (1);
