CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');

CREATE TABLE place (id integer PRIMARY KEY, status text NOT NULL);
INSERT INTO place VALUES (1, 'NEW'), (2, 'new'), (3, 'gone'), (4, 'gone'), (5, 'QUEUED');
