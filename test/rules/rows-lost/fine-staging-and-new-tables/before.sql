CREATE TABLE town (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
INSERT INTO town VALUES (1, 'Ghent'), (2, 'Bruges');
CREATE TABLE place (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    town_id bigint REFERENCES town (id),
    rating integer,
    upper_name text GENERATED ALWAYS AS (upper(name)) STORED
);
INSERT INTO place (name, town_id, rating) VALUES ('Harbour', 1, 4), ('Mill', 2, NULL);
CREATE TABLE tmp_import (name text);
INSERT INTO tmp_import VALUES ('x');
