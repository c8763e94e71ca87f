-- int-to-bigint

ALTER TABLE task DROP CONSTRAINT task_job_id_fkey;

ALTER TABLE job ALTER COLUMN id TYPE bigint;

ALTER SEQUENCE job_id_seq AS bigint;

ALTER TABLE task ALTER COLUMN job_id TYPE bigint;

ALTER TABLE task ADD CONSTRAINT task_job_id_fkey FOREIGN KEY (job_id) REFERENCES job (id);
