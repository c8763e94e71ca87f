-- not-null-column-with-server-default

ALTER TABLE job ADD COLUMN state character varying DEFAULT 'new' NOT NULL;
