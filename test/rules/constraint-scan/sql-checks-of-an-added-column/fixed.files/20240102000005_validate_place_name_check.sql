-- Looks at the rows that were there before, while others read and write.
ALTER TABLE place VALIDATE CONSTRAINT place_name_check;
