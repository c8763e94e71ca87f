CREATE TYPE status AS ENUM ('open', 'shut');
CREATE TABLE place (id integer PRIMARY KEY, status status NOT NULL);
INSERT INTO place VALUES (1, 'open'), (2, 'shut');
