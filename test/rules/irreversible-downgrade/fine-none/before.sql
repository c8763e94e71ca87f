CREATE TABLE place (id integer PRIMARY KEY, name text NOT NULL, kind text);
CREATE INDEX ix_place_name ON place (name);
INSERT INTO place VALUES (1, 'Café', 'a'), (2, 'Bar', 'b');
