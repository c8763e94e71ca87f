-- triggers-on-changed-column

DROP TRIGGER late ON job;
DROP TRIGGER note_status ON job;
DROP TRIGGER when_new ON job;

ALTER TABLE job ALTER COLUMN name TYPE text;
ALTER TABLE job ALTER COLUMN status TYPE character varying(40);
ALTER TABLE job ALTER COLUMN net TYPE bigint;

CREATE CONSTRAINT TRIGGER late AFTER UPDATE OF name ON public.job DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_status();
CREATE TRIGGER note_status BEFORE UPDATE OF status ON public.job FOR EACH ROW EXECUTE FUNCTION note_status();
COMMENT ON TRIGGER note_status ON public.job IS 'Keeps the log';
CREATE TRIGGER when_new AFTER INSERT ON public.job FOR EACH ROW WHEN (((new.status)::text = 'NEW'::text)) EXECUTE FUNCTION note_status();
ALTER TABLE public.job DISABLE TRIGGER when_new;
