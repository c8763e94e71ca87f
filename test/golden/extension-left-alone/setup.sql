CREATE EXTENSION hstore;
CREATE TABLE spatial_ref_sys (id integer PRIMARY KEY);
ALTER EXTENSION hstore ADD TABLE spatial_ref_sys;
