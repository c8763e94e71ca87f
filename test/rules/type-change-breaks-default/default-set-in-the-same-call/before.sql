CREATE TABLE place (id integer PRIMARY KEY, is_open text DEFAULT 'yes');
INSERT INTO place VALUES (1, 'no');
