-- comments-removed

COMMENT ON COLUMN job.name IS NULL;
COMMENT ON TABLE job IS NULL;
