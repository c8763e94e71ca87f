-- index-becomes-partial

DROP INDEX ix_job;
CREATE INDEX ix_job ON job (name) WHERE score > 0;
