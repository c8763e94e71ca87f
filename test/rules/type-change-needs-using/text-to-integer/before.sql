CREATE TABLE place (id integer PRIMARY KEY, floor text DEFAULT '0' NOT NULL);
INSERT INTO place VALUES (1, '0'), (2, '14');
