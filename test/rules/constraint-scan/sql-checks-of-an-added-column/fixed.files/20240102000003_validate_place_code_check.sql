-- Looks at the rows that were there before, while others read and write.
ALTER TABLE place VALIDATE CONSTRAINT place_code_check;
ALTER TABLE place ADD CONSTRAINT place_name_check CHECK (name <> '') NOT VALID;
