-- new-enum-array-column

CREATE TYPE mood AS ENUM ('GOOD', 'BAD');

ALTER TABLE job ADD COLUMN moods mood[] DEFAULT '{}' NOT NULL;
