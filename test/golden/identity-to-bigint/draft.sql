-- identity-to-bigint

ALTER TABLE job ALTER COLUMN id TYPE bigint;
