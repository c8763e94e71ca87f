CREATE TABLE place (id integer PRIMARY KEY, floor integer DEFAULT 0, opened date);
INSERT INTO place VALUES (1, 0, '2020-01-01');
