CREATE TABLE place (id integer PRIMARY KEY, status character varying(20) DEFAULT 'new' NOT NULL);
CREATE INDEX place_new ON place (id) WHERE status = 'new';
INSERT INTO place VALUES (1, 'new'), (2, 'queued'), (3, 'new');
