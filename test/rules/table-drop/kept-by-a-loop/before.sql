CREATE TABLE place (id integer PRIMARY KEY, tags text);
CREATE TABLE tag (place_id integer, name text);
INSERT INTO place VALUES (1, NULL), (2, NULL);
INSERT INTO tag VALUES (1, 'bar'), (1, 'music'), (2, 'park');
