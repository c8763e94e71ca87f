-- string-to-enum-lower-case

CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

-- Rows spell a label in another case: 'Done' (1), 'new' (1). They take the label.
ALTER TABLE job ALTER COLUMN status TYPE job_status USING upper(status)::job_status;
