-- check-added

ALTER TABLE job ADD CONSTRAINT ck_job_score CHECK (score >= 0);
