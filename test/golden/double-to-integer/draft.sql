-- double-to-integer

-- REVIEW: 2 of 3 rows are rounded: 1.5 becomes 2, 2.5 becomes 2.
ALTER TABLE job ALTER COLUMN effort TYPE integer;
-- Digits after the point are rounded; no row here has any.
ALTER TABLE job ALTER COLUMN score TYPE integer;
