-- enum-not-native-to-string

ALTER TABLE job DROP CONSTRAINT job_status;
