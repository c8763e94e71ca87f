-- comments-on-constraints

COMMENT ON CONSTRAINT uq_job_name ON job IS NULL;
COMMENT ON CONSTRAINT ck_job_net ON job IS 'New words';
