-- exclude-added

ALTER TABLE job ADD CONSTRAINT ex_job_during EXCLUDE USING gist (during WITH &&);
