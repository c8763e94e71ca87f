-- self-reference-added

ALTER TABLE job ADD COLUMN parent_id integer;

CREATE INDEX ix_job_parent_id ON job (parent_id);

ALTER TABLE job ADD CONSTRAINT job_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES job (id) ON DELETE SET NULL;
