CREATE TABLE place (id integer PRIMARY KEY, name text);
INSERT INTO place VALUES (1, 'Café');
