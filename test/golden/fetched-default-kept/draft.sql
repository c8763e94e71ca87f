-- fetched-default-kept

ALTER TABLE job ADD COLUMN owner character varying;
