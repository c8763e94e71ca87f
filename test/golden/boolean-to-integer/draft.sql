-- boolean-to-integer

ALTER TABLE job ALTER COLUMN ready DROP DEFAULT;
ALTER TABLE job ALTER COLUMN ready TYPE integer USING ready::integer;
ALTER TABLE job ALTER COLUMN ready SET DEFAULT '0';
