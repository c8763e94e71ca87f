CREATE TABLE city (id integer PRIMARY KEY, name text, size integer);
CREATE VIEW names AS SELECT id, name FROM city;
CREATE VIEW long_names AS SELECT name FROM names WHERE length(name) > 3;
INSERT INTO city VALUES (1, 'Wien', 3);
