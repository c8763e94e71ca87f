CREATE TABLE author (id integer PRIMARY KEY);
CREATE TABLE place (id integer PRIMARY KEY, business_name character varying(200) NOT NULL, writer_id integer CONSTRAINT place_writer_id_fkey REFERENCES author (id), CONSTRAINT place_business_name_key UNIQUE (business_name));
CREATE INDEX ix_place_writer_id ON place (writer_id);
INSERT INTO author VALUES (7);
INSERT INTO place VALUES (1, 'Café', 7), (2, 'Bar', NULL);
