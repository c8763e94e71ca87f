-- check-not-valid-kept

ALTER TABLE job DROP CONSTRAINT ck_job_net;

ALTER TABLE job ALTER COLUMN net TYPE bigint;

ALTER TABLE job ADD CONSTRAINT ck_job_net CHECK (net > 0) NOT VALID;
