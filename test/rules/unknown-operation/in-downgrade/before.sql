CREATE TABLE place (id integer PRIMARY KEY);
CREATE INDEX place_id ON place (id);
