CREATE TABLE place (id integer PRIMARY KEY, name text NOT NULL, city_id integer, CONSTRAINT place_name_key UNIQUE (name));
CREATE INDEX ix_place_city_id ON place (city_id);
INSERT INTO place VALUES (1, 'Café', 3);
