-- enum-not-native-without-check

ALTER TABLE job ADD CONSTRAINT job_status CHECK (status IN ('NEW', 'DONE'));
