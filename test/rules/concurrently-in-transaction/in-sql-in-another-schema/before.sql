CREATE SCHEMA shop;
CREATE TABLE shop.place (id integer PRIMARY KEY, name text);
INSERT INTO shop.place VALUES (1, 'Café');
