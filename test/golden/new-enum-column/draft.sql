-- new-enum-column

CREATE TYPE mood AS ENUM ('GOOD', 'BAD');

ALTER TABLE job ADD COLUMN mood mood;
ALTER TABLE job ADD COLUMN first_mood mood DEFAULT 'GOOD' NOT NULL;
-- Rows that were there have 'GOOD', the model's default; new ones get it from the
-- model.
ALTER TABLE job ALTER COLUMN first_mood DROP DEFAULT;
