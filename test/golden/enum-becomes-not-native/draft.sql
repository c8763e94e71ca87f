-- enum-becomes-not-native

ALTER TABLE job ALTER COLUMN status TYPE character varying(20);

ALTER TABLE job ADD CONSTRAINT job_status CHECK (status IN ('NEW', 'DONE'));

DROP TYPE job_status;
