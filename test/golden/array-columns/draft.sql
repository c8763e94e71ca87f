-- array-columns

ALTER TABLE job ADD COLUMN more text[] DEFAULT '{}' NOT NULL;
ALTER TABLE job ALTER COLUMN tags DROP DEFAULT;
ALTER TABLE job ALTER COLUMN tags TYPE text[];
ALTER TABLE job ALTER COLUMN tags SET DEFAULT '{a,b}';
ALTER TABLE job ALTER COLUMN sizes TYPE bigint[];

CREATE INDEX ix_job_tags ON job USING gin (tags);
