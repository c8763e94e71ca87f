CREATE TABLE place (id integer PRIMARY KEY, contact text);
INSERT INTO place VALUES (1, '{"phone": "1"}'), (2, '{"phone": "2"}');
