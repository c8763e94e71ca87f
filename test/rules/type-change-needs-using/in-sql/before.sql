CREATE SCHEMA shop;
CREATE TABLE shop.place (id integer PRIMARY KEY, is_open integer DEFAULT 1);
INSERT INTO shop.place VALUES (1, 0), (2, 1);
