-- check-renamed

ALTER TABLE job RENAME CONSTRAINT net_positive TO ck_job_net;
