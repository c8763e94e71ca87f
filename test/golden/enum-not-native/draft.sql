-- enum-not-native

ALTER TABLE job DROP CONSTRAINT job_status;

ALTER TABLE job ALTER COLUMN status TYPE character varying(8);

ALTER TABLE job ADD CONSTRAINT job_status CHECK (status IN ('NEW', 'FINISHED', 'DONE'));
