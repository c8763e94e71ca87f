CREATE TABLE city (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE place (id integer PRIMARY KEY, city_id integer, name text NOT NULL, CONSTRAINT place_city_id_fkey FOREIGN KEY (city_id) REFERENCES city (id), CONSTRAINT place_name_key UNIQUE (name));
INSERT INTO city VALUES (1, 'Wien');
INSERT INTO place VALUES (1, 1, 'Café'), (2, 1, 'Bar');
