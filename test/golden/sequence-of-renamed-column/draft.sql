-- sequence-of-renamed-column

-- number is now called id: answered; 2 of 2 rows keep their value.
ALTER TABLE job RENAME number TO id;

ALTER SEQUENCE job_number_seq RENAME TO job_id_seq;
