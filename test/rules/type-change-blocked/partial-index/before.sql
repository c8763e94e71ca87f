CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');

CREATE TABLE place (id integer PRIMARY KEY, status text);
CREATE INDEX place_new ON place (id) WHERE status = 'NEW';
INSERT INTO place VALUES (1, 'NEW'), (2, 'QUEUED');
