INSERT INTO job (name, status) VALUES ('a', 'NEW'), ('b', 'DONE');

CREATE MATERIALIZED VIEW job_names AS SELECT name, net FROM job WHERE status <> 'X';
CREATE UNIQUE INDEX ix_job_names ON job_names (name);
CREATE INDEX ix_job_names_lower ON job_names (lower(name::text)) WITH (fillfactor = 70) WHERE net IS NOT NULL;
COMMENT ON MATERIALIZED VIEW job_names IS 'Refreshed by night';
COMMENT ON COLUMN job_names.name IS 'As people know it';
COMMENT ON INDEX ix_job_names IS 'For refresh concurrently';
CREATE VIEW first_names AS SELECT min(name::text) AS name, sum(net) AS net FROM job_names;
GRANT SELECT ON job_names TO golden_reader WITH GRANT OPTION;
CREATE VIEW all_names AS SELECT name FROM first_names UNION ALL SELECT name FROM job;
GRANT SELECT, INSERT ON all_names TO golden_reader;
GRANT UPDATE (name) ON all_names TO golden_reader;
ALTER VIEW first_names OWNER TO golden_owner;
COMMENT ON COLUMN all_names.name IS 'Whichever';
