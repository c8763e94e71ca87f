CREATE TABLE town (id integer PRIMARY KEY, code text NOT NULL);
CREATE TABLE place (id integer NOT NULL CONSTRAINT place_pkey PRIMARY KEY, town_id integer NOT NULL, name text, CONSTRAINT place_name_check CHECK (length(name) < 80));
INSERT INTO town VALUES (1, 'a'), (2, 'b');
INSERT INTO place VALUES (1, 1, 'Harbour'), (2, 2, 'Mill');
