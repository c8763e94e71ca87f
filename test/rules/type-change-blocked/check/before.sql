CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');

CREATE TABLE place (id integer PRIMARY KEY, status text CONSTRAINT status_known CHECK (status IN ('NEW', 'QUEUED')));
INSERT INTO place VALUES (1, 'NEW'), (2, 'QUEUED');
