-- computed-column-dropped

ALTER TABLE job DROP COLUMN gross;
