-- large: 2 rows
CREATE TABLE spot (id integer NOT NULL);
INSERT INTO spot VALUES (1), (2);
