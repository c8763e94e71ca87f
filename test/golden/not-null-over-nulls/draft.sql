-- not-null-over-nulls

ALTER TABLE job ALTER COLUMN name SET DEFAULT 'nobody';
-- 1 row without a value: the model's default fills them.
UPDATE job SET name = 'nobody' WHERE name IS NULL;
ALTER TABLE job ALTER COLUMN name SET NOT NULL;
