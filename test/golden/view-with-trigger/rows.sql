INSERT INTO job (name, status) VALUES ('a', 'NEW'), ('b', 'DONE');

CREATE FUNCTION add_job() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO job (name) VALUES (NEW.name); RETURN NEW; END $$;
CREATE VIEW job_name AS SELECT name || '!' AS name FROM job;
CREATE TRIGGER add_job INSTEAD OF INSERT ON job_name FOR EACH ROW EXECUTE FUNCTION add_job();
CREATE VIEW job_status AS SELECT DISTINCT status FROM job;
CREATE RULE no_delete AS ON DELETE TO job_status DO INSTEAD NOTHING;
