-- enum-not-native-label-removed

ALTER TABLE job DROP CONSTRAINT job_status;
ALTER TABLE job ADD CONSTRAINT job_status CHECK (status IN ('NEW', 'DONE'));
