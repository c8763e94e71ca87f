-- string-to-enum-not-native

ALTER TABLE job ADD CONSTRAINT job_status CHECK (status IN ('NEW', 'DONE'));
