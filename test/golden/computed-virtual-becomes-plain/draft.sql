-- computed-virtual-becomes-plain

ALTER TABLE job DROP COLUMN gross;

ALTER TABLE job ADD COLUMN gross integer;
UPDATE job SET gross = (net * 2);
ALTER TABLE job ALTER COLUMN gross SET NOT NULL;
