-- enum-of-odd-names

ALTER TYPE "Job Status" ADD VALUE 'c%d' AFTER 'it''s new';
CREATE TYPE "order" AS ENUM ('X-1', 'select');

ALTER TABLE job ADD COLUMN other "order";
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'it''s new';
