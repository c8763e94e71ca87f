CREATE SCHEMA shop;

CREATE TABLE shop.place (id integer PRIMARY KEY, name text NOT NULL, phone text, website text NOT NULL);
INSERT INTO shop.place VALUES (1, 'Café', '030', 'cafe.example'), (2, 'Bar', NULL, 'bar.example');
