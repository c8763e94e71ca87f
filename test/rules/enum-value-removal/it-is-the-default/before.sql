CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED', 'GONE');

CREATE TABLE place (id integer PRIMARY KEY, status place_status DEFAULT 'GONE' NOT NULL);
INSERT INTO place VALUES (1, 'NEW'), (2, DEFAULT);
