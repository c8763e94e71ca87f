-- text-to-integer-with-zeros

-- REVIEW: 2 of 3 rows are written in another way: 00501 becomes 501, 01067 becomes
-- 1067.
ALTER TABLE job ALTER COLUMN zip TYPE integer USING zip::integer;
