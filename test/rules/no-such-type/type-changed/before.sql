CREATE TABLE place (id bigint PRIMARY KEY, name text NOT NULL);
INSERT INTO place VALUES (1, 'Harbour'), (2, 'Mill');
