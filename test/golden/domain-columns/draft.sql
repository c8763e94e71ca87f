-- domain-columns

ALTER TABLE job ADD COLUMN new amount;
ALTER TABLE job ALTER COLUMN net TYPE amount USING net::text::amount;
ALTER TABLE job ALTER COLUMN old TYPE integer USING old::text::integer;
