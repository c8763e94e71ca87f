-- enum-array-default-rebuilt

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('BAD', 'GOOD');

ALTER TABLE job ALTER COLUMN moods DROP DEFAULT;
ALTER TABLE job ALTER COLUMN moods TYPE mood[] USING moods::text[]::mood[];

DROP TYPE mood_old;

ALTER TABLE job ALTER COLUMN moods SET DEFAULT '{GOOD}';

CREATE INDEX ix_job_moods ON job USING gin (moods);
