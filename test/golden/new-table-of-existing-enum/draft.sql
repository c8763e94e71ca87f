-- new-table-of-existing-enum

CREATE TABLE task (
    id SERIAL NOT NULL,
    state job_status DEFAULT 'NEW' NOT NULL,
    CONSTRAINT task_pkey PRIMARY KEY (id)
);
-- The API serves tables of public to anyone with the public key until row level
-- security is on. Without policies, which are yours to write, only the owner and
-- service_role see the rows.
ALTER TABLE task ENABLE ROW LEVEL SECURITY;
