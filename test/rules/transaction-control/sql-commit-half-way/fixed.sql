ALTER TABLE place ADD COLUMN region text;
ALTER TABLE place ADD COLUMN country text;
