-- index-gin-operator-class

CREATE INDEX ix_job_data ON job USING gin (data jsonb_path_ops);
