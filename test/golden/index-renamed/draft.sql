-- index-renamed

ALTER INDEX ix_name RENAME TO ix_job_name;
