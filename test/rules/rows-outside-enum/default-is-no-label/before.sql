CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');

CREATE TABLE place (id integer PRIMARY KEY, status text DEFAULT 'open');
INSERT INTO place VALUES (1, 'NEW'), (2, 'open');
