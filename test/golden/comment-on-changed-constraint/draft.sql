-- comment-on-changed-constraint

ALTER TABLE job DROP CONSTRAINT ck_job_net;
ALTER TABLE job ADD CONSTRAINT uq_job_name UNIQUE (name);
COMMENT ON CONSTRAINT uq_job_name ON job IS 'One of a name';
ALTER TABLE job ADD CONSTRAINT ck_job_net CHECK (net > 1);
COMMENT ON CONSTRAINT ck_job_net ON job IS 'New words';
