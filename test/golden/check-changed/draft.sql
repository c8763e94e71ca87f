-- check-changed

ALTER TABLE job DROP CONSTRAINT ck_job_score;
ALTER TABLE job ADD CONSTRAINT ck_job_score CHECK (score BETWEEN 0 AND 100);
