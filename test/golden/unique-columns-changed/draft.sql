-- unique-columns-changed

ALTER TABLE job DROP CONSTRAINT uq_job;
ALTER TABLE job ADD CONSTRAINT uq_job UNIQUE (owner, name);
