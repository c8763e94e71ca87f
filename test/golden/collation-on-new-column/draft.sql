-- collation-on-new-column

ALTER TABLE job ADD COLUMN key character varying(20) COLLATE "C";

ALTER TABLE job ADD CONSTRAINT job_key_key UNIQUE (key);
