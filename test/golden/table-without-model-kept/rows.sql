INSERT INTO job (name) VALUES ('a'), ('b');
CREATE TYPE old_state AS ENUM ('A');
CREATE TABLE legacy (id serial PRIMARY KEY, state old_state, job_id integer REFERENCES job (id));
INSERT INTO legacy (state, job_id) VALUES ('A', 1);
