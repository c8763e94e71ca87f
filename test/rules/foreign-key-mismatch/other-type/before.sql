CREATE TABLE city (id integer PRIMARY KEY, name text, code uuid);
CREATE TABLE place (id integer PRIMARY KEY, city_id integer, city_name text, big bigint);
INSERT INTO city VALUES (1, 'Wien');
INSERT INTO place VALUES (1, 1, 'Wien'), (2, 7, 'Graz');
