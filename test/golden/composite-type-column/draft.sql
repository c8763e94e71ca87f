-- composite-type-column

ALTER TABLE job ADD COLUMN other map_point;

CREATE INDEX ix_job_place ON job (place);
