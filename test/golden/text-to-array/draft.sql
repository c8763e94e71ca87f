-- text-to-array

ALTER TABLE job ALTER COLUMN tags TYPE text[] USING tags::text[];
