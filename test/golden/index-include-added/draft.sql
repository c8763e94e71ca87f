-- index-include-added

DROP INDEX ix_job;
CREATE UNIQUE INDEX ix_job ON job (name) INCLUDE (score);
