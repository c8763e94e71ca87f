CREATE TABLE place (id integer PRIMARY KEY, price integer NOT NULL, doubled integer GENERATED ALWAYS AS (price * 2) STORED);
INSERT INTO place VALUES (1, 10), (2, 20);
