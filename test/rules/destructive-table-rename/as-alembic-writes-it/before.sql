CREATE TABLE place (id integer PRIMARY KEY, title text NOT NULL, phone text, rating integer);
CREATE INDEX ix_place_title ON place (title);
INSERT INTO place VALUES (1, 'Café', '030', 4), (2, 'Bar', NULL, 3);
