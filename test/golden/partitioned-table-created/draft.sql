-- partitioned-table-created

CREATE TABLE event (
    id integer NOT NULL,
    day timestamp without time zone NOT NULL,
    job_id integer NOT NULL,
    CONSTRAINT event_pkey PRIMARY KEY (id, day),
    CONSTRAINT event_job_id_fkey FOREIGN KEY (job_id) REFERENCES job (id)
) PARTITION BY RANGE (day);
-- The API serves tables of public to anyone with the public key until row level
-- security is on. Without policies, which are yours to write, only the owner and
-- service_role see the rows.
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
