ALTER TABLE place ADD COLUMN region text;
COMMIT;
BEGIN;
ALTER TABLE place ADD COLUMN country text;
