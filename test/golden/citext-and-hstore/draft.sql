-- citext-and-hstore

ALTER TABLE job ADD COLUMN data hstore;
ALTER TABLE job ADD COLUMN tags citext[];
ALTER TABLE job ALTER COLUMN name TYPE citext USING name::citext;
