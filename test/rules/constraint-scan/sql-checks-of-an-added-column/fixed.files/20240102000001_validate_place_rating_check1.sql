-- Looks at the rows that were there before, while others read and write.
ALTER TABLE place VALIDATE CONSTRAINT place_rating_check1;
ALTER TABLE place ADD COLUMN code text DEFAULT NULL, ADD CONSTRAINT place_code_check CHECK (code ~ '^[a-z]+$') NOT VALID;
