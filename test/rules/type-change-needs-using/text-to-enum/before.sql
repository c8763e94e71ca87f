CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');

CREATE TABLE place (id integer PRIMARY KEY, status text DEFAULT 'new');
INSERT INTO place VALUES (1, 'new'), (2, 'QUEUED'), (3, NULL);
