-- not-null-column-without-default

ALTER TABLE job ADD COLUMN state character varying;
-- REVIEW: rows that exist have no value for job.state, and none is known. Fill them
-- here, before NOT NULL:
-- UPDATE job SET state = … WHERE state IS NULL;
ALTER TABLE job ALTER COLUMN state SET NOT NULL;
