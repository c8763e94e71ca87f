CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');
CREATE TABLE place (id integer PRIMARY KEY, status place_status);
INSERT INTO place VALUES (1, 'NEW'), (2, 'QUEUED');
