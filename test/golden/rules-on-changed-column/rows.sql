INSERT INTO job (name, status) VALUES ('a', 'NEW'), ('b', 'DONE');

CREATE TABLE job_log (status text);
CREATE RULE log_status AS ON UPDATE TO job WHERE OLD.status IS DISTINCT FROM NEW.status DO ALSO INSERT INTO job_log (status) VALUES (NEW.status);
COMMENT ON RULE log_status ON job IS 'Keeps the log';
