CREATE TYPE mood AS ENUM ('SAD', 'OK');
CREATE TABLE place (id integer PRIMARY KEY, mood mood);
INSERT INTO place VALUES (1, 'SAD'), (2, 'OK');
