-- numeric-scale-shrunk

-- REVIEW: 2 of 3 rows are rounded: 1.2550 becomes 1.26, 3.3333 becomes 3.33.
ALTER TABLE job ALTER COLUMN net TYPE numeric(10,2);
-- Digits beyond those that numeric(6,3) keeps are rounded; no row here has any.
ALTER TABLE job ALTER COLUMN rate TYPE numeric(6,3);
