ALTER TABLE place ADD COLUMN owner text;
UPDATE place SET owner = 'nobody' WHERE owner IS NULL;
ALTER TABLE place ALTER COLUMN owner SET NOT NULL;
