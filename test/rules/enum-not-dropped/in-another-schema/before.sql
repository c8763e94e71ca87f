CREATE SCHEMA shop;
CREATE TABLE shop.place (id integer PRIMARY KEY);
