-- identity-removed

ALTER TABLE job ALTER COLUMN number DROP IDENTITY;
