CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');

CREATE TABLE place (id integer PRIMARY KEY, status text);
INSERT INTO place VALUES (1, 'new'), (2, 'queued');
