-- index-over-changed-column

DROP INDEX ix_job_owner;

ALTER TABLE job ALTER COLUMN owner TYPE text;

CREATE UNIQUE INDEX ix_job_owner ON job (upper(owner), name) WHERE owner <> '';
COMMENT ON INDEX ix_job_owner IS 'For the list';
