-- not-null-over-nulls-without-default

-- REVIEW: rows that exist have no value for job.name, and none is known. Fill them
-- here, before NOT NULL:
-- UPDATE job SET name = … WHERE name IS NULL;
ALTER TABLE job ALTER COLUMN name SET NOT NULL;
