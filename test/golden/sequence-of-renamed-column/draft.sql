-- sequence-of-renamed-column

ALTER TABLE job RENAME number TO id;

ALTER SEQUENCE job_number_seq RENAME TO job_id_seq;
