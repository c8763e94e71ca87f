CREATE TYPE map_point AS (x integer, y integer);
