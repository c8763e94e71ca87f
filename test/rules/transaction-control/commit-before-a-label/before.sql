CREATE TYPE status AS ENUM ('open', 'shut');
CREATE TABLE place (id integer PRIMARY KEY, name text, status status);
INSERT INTO place VALUES (1, 'Café', 'open');
