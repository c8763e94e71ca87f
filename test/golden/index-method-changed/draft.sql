-- index-method-changed

DROP INDEX ix_job;
CREATE INDEX ix_job ON job USING hash (name);
