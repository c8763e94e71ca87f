CREATE SCHEMA shop;

CREATE TABLE shop.place (id integer PRIMARY KEY, name text NOT NULL);
CREATE INDEX ix_place_name ON shop.place (name);
INSERT INTO shop.place VALUES (1, 'Café'), (2, 'Bar');
