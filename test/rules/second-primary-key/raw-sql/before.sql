CREATE TABLE place (id integer CONSTRAINT place_pkey PRIMARY KEY, code text NOT NULL);
INSERT INTO place VALUES (1, 'a'), (2, 'b');
