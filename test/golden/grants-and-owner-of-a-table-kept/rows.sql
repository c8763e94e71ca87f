INSERT INTO job (name, status) VALUES ('a', 'NEW'), ('b', 'DONE');
GRANT SELECT ON job TO golden_reader;
GRANT UPDATE (name) ON job TO golden_reader;
