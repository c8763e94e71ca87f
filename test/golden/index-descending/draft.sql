-- index-descending

DROP INDEX ix_job;
CREATE INDEX ix_job ON job (name, score DESC NULLS LAST);
