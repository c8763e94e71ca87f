-- text-to-others

ALTER TABLE job ALTER COLUMN number DROP DEFAULT;
ALTER TABLE job ALTER COLUMN number TYPE integer USING number::integer;
ALTER TABLE job ALTER COLUMN number SET DEFAULT '0';
ALTER TABLE job ALTER COLUMN document TYPE jsonb USING document::jsonb;
ALTER TABLE job ALTER COLUMN token TYPE uuid USING token::uuid;
ALTER TABLE job ALTER COLUMN moment TYPE timestamp without time zone USING moment::timestamp without time zone;
ALTER TABLE job ALTER COLUMN ready TYPE boolean USING ready::boolean;
ALTER TABLE job ALTER COLUMN day TYPE date USING day::date;
