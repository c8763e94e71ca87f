-- comments

CREATE TABLE task (
    id SERIAL NOT NULL,
    CONSTRAINT task_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE task IS 'New';
-- The API serves tables of public to anyone with the public key until row level
-- security is on. Without policies, which are yours to write, only the owner and
-- service_role see the rows.
ALTER TABLE task ENABLE ROW LEVEL SECURITY;

COMMENT ON COLUMN job.name IS 'What people call it: ''Bob''';
COMMENT ON COLUMN job.note IS NULL;
COMMENT ON TABLE job IS 'Work to do';
