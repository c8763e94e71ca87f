-- enum-in-another-schema

ALTER TYPE types.job_status ADD VALUE 'PAUSED' AFTER 'NEW';
CREATE TYPE types.mood AS ENUM ('GOOD');

ALTER TABLE job ADD COLUMN mood types.mood;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';
