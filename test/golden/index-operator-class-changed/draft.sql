-- index-operator-class-changed

DROP INDEX ix_job;
CREATE INDEX ix_job ON job (name text_pattern_ops);
