-- enum-to-another-enum-in-lower-case

CREATE TYPE work_status AS ENUM ('new', 'done', 'lost');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
-- Rows spell a label in another case: 'DONE' (1), 'NEW' (1). They take the label.
ALTER TABLE job ALTER COLUMN status TYPE work_status USING lower(status::text)::work_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'new';

DROP TYPE job_status;
