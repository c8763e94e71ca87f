CREATE TABLE city (id integer PRIMARY KEY, name text, code text, CONSTRAINT city_code_key UNIQUE (code));
CREATE TABLE place (id integer PRIMARY KEY, city_id integer CONSTRAINT place_city_id_fkey REFERENCES city (id), size integer, twice integer GENERATED ALWAYS AS (size * 2) STORED);
CREATE TYPE mood AS ENUM ('good');
CREATE TABLE day (id integer PRIMARY KEY, mood mood);
INSERT INTO city VALUES (1, 'Wien', 'W');
INSERT INTO place (id, city_id, size) VALUES (1, 1, 3);
