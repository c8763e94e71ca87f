ALTER TABLE place ADD COLUMN region text;
