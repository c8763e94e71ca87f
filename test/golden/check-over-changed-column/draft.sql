-- check-over-changed-column

ALTER TABLE job DROP CONSTRAINT ck_job_code;

ALTER TABLE job ALTER COLUMN code TYPE text;

ALTER TABLE job ADD CONSTRAINT ck_job_code CHECK (length(code) > 1 AND code <> 'xx');
