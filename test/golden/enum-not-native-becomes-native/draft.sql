-- enum-not-native-becomes-native

ALTER TABLE job DROP CONSTRAINT job_status;

CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';
