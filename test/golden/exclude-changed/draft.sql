-- exclude-changed

ALTER TABLE job DROP CONSTRAINT ex_job_during;
ALTER TABLE job ADD CONSTRAINT ex_job_during EXCLUDE USING gist (during WITH &&) WHERE (id > 0) DEFERRABLE;
