CREATE TABLE place (id integer PRIMARY KEY);
CREATE TABLE visit (id integer PRIMARY KEY, place_id integer CONSTRAINT visit_place_id_fkey REFERENCES place (id));
INSERT INTO place VALUES (1);
INSERT INTO visit VALUES (1, 1);
