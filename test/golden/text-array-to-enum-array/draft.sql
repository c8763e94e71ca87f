-- text-array-to-enum-array

CREATE TYPE flag AS ENUM ('A', 'C');

ALTER TABLE job ALTER COLUMN flags DROP DEFAULT;
ALTER TABLE job ALTER COLUMN flags TYPE flag[] USING flags::flag[];
ALTER TABLE job ALTER COLUMN flags SET DEFAULT '{A}';
