CREATE DOMAIN datetime AS timestamptz;
ALTER TABLE place ADD COLUMN seen_at datetime;
