-- self-reference-removed

ALTER TABLE job DROP CONSTRAINT job_parent_id_fkey;
