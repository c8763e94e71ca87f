-- unique-removed

ALTER TABLE job DROP CONSTRAINT job_name_key;
