CREATE TABLE place (id integer PRIMARY KEY, city_id integer, name text);
INSERT INTO place VALUES (1, 1, 'Harbour'), (2, 2, 'Mill');
CREATE TABLE visit (id integer PRIMARY KEY);
INSERT INTO visit VALUES (1);
