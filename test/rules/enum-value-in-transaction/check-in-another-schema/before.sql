CREATE SCHEMA shop;
CREATE TYPE shop.status AS ENUM ('open');
CREATE TABLE shop.place (id integer PRIMARY KEY, status shop.status NOT NULL);
INSERT INTO shop.place VALUES (1, 'open');
