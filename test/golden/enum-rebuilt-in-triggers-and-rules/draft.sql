-- enum-rebuilt-in-triggers-and-rules

DROP RULE keep_new ON job;
DROP TRIGGER when_new ON job;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('DONE', 'NEW');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';

DROP TYPE job_status_old;

CREATE RULE keep_new AS
    ON DELETE TO public.job
   WHERE (old.status = 'NEW'::job_status) DO INSTEAD NOTHING;
CREATE TRIGGER when_new AFTER UPDATE OF status ON public.job FOR EACH ROW WHEN ((new.status = 'NEW'::job_status)) EXECUTE FUNCTION note_status();
