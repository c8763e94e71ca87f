-- enum-column-renamed-and-rebuilt

-- status is now called state: answered; 2 of 2 rows keep their value.
ALTER TABLE job RENAME status TO state;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN state DROP DEFAULT;
ALTER TABLE job ALTER COLUMN state TYPE job_status USING state::text::job_status;
ALTER TABLE job ALTER COLUMN state SET DEFAULT 'NEW';

DROP TYPE job_status_old;
