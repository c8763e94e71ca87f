-- check-removed

ALTER TABLE job DROP CONSTRAINT job_score_check;
