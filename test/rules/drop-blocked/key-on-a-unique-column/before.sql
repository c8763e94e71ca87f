CREATE TABLE city (id integer PRIMARY KEY, code text CONSTRAINT city_code_key UNIQUE);
CREATE TABLE place (id integer PRIMARY KEY, city_code text CONSTRAINT place_city_code_fkey REFERENCES city (code));
INSERT INTO city VALUES (1, 'W');
INSERT INTO place VALUES (1, 'W');
