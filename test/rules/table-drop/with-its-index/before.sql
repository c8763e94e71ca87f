CREATE TABLE place (id integer PRIMARY KEY, name text NOT NULL);
CREATE INDEX ix_place_name ON place (name);
INSERT INTO place VALUES (1, 'Café'), (2, 'Bar');
