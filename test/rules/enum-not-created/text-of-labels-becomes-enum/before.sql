CREATE TABLE place (id integer PRIMARY KEY, status character varying(20) DEFAULT 'NEW' NOT NULL);
INSERT INTO place VALUES (1, 'NEW'), (2, 'QUEUED'), (3, 'NEW');
