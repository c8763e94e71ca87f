CREATE TABLE city (id integer PRIMARY KEY, name text);
CREATE TABLE place (id integer PRIMARY KEY, city_id integer, name text);
INSERT INTO city VALUES (1, 'Wien');
INSERT INTO place VALUES (1, 1, 'Prater'), (2, 7, 'Uhrturm'), (3, 7, 'Oper'), (4, NULL, 'See');
