-- index-columns-changed

DROP INDEX ix_job;
CREATE INDEX ix_job ON job (owner, name);
