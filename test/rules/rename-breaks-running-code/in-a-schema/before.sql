CREATE SCHEMA audit;
CREATE TABLE audit.entry (id integer PRIMARY KEY, code text);
INSERT INTO audit.entry VALUES (1, 'a');
