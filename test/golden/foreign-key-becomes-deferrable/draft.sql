-- foreign-key-becomes-deferrable

ALTER TABLE job DROP CONSTRAINT fk_job_parent;
ALTER TABLE job ADD CONSTRAINT fk_job_parent FOREIGN KEY (parent_id) REFERENCES job (id) DEFERRABLE INITIALLY DEFERRED;
