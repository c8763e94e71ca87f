CREATE TABLE city (id integer PRIMARY KEY, name text, size integer);
CREATE MATERIALIZED VIEW sizes AS SELECT size, count(*) AS times FROM city GROUP BY size;
CREATE INDEX sizes_size ON sizes (size);
INSERT INTO city VALUES (1, 'Wien', 3);
