CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');

CREATE TABLE place (id integer PRIMARY KEY);
INSERT INTO place VALUES (1);
