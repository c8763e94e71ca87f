-- association-table

CREATE TABLE job_tag (
    job_id integer NOT NULL,
    tag_id integer NOT NULL,
    CONSTRAINT job_tag_pkey PRIMARY KEY (job_id, tag_id),
    CONSTRAINT job_tag_job_id_fkey FOREIGN KEY (job_id) REFERENCES job (id) ON DELETE CASCADE,
    CONSTRAINT job_tag_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tag (id) ON DELETE CASCADE
);
-- The API serves tables of public to anyone with the public key until row level
-- security is on. Without policies, which are yours to write, only the owner and
-- service_role see the rows.
ALTER TABLE job_tag ENABLE ROW LEVEL SECURITY;
