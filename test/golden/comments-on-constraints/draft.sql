-- comments-on-constraints

COMMENT ON CONSTRAINT ck_job_net ON job IS 'New words';
