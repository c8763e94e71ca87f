-- enum-array-value-removed

ALTER TYPE flag RENAME TO flag_old;
CREATE TYPE flag AS ENUM ('A', 'C');

ALTER TABLE job ALTER COLUMN flags DROP DEFAULT;
ALTER TABLE job ALTER COLUMN flags TYPE flag[] USING flags::text[]::flag[];
ALTER TABLE job ALTER COLUMN flags SET DEFAULT '{A}';

DROP TYPE flag_old;
