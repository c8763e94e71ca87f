CREATE SCHEMA shop;
CREATE TABLE shop.city (id integer PRIMARY KEY, name text);
CREATE TABLE shop.place (id integer PRIMARY KEY, city_id integer, name text);
INSERT INTO shop.city VALUES (1, 'Wien');
INSERT INTO shop.place VALUES (1, 1, 'Prater'), (2, 7, 'Uhrturm');
