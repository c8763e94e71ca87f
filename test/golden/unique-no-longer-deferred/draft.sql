-- unique-no-longer-deferred

ALTER TABLE job DROP CONSTRAINT uq_job_name;
ALTER TABLE job ADD CONSTRAINT uq_job_name UNIQUE (name) DEFERRABLE;
