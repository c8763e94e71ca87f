CREATE SCHEMA shop;

CREATE TABLE shop.place (id integer PRIMARY KEY, title text NOT NULL, phone text, rating integer);
CREATE INDEX ix_place_title ON shop.place (title);
INSERT INTO shop.place VALUES (1, 'Café', '030', 4), (2, 'Bar', NULL, 3);
