CREATE TABLE place (id integer PRIMARY KEY, name text NOT NULL, CONSTRAINT place_name_check CHECK (name <> ''));
CREATE INDEX ix_place_name ON place (name);
CREATE TYPE mood AS ENUM ('good', 'bad');
INSERT INTO place VALUES (1, 'Café');
