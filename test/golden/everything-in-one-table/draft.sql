-- everything-in-one-table

CREATE TYPE line_state AS ENUM ('OPEN', 'PAID');

CREATE TABLE invoice_line (
    number integer GENERATED ALWAYS AS IDENTITY,
    net numeric(10,2) DEFAULT '0.10' NOT NULL,
    gross numeric(10,2) GENERATED ALWAYS AS (net * 1.2) STORED NOT NULL,
    made timestamp with time zone DEFAULT now() NOT NULL,
    extra jsonb DEFAULT '{}' NOT NULL,
    tags character varying(20)[] NOT NULL,
    state line_state DEFAULT 'OPEN' NOT NULL,
    job_id integer NOT NULL,
    CONSTRAINT invoice_line_pkey PRIMARY KEY (number),
    CONSTRAINT invoice_line_net_check CHECK (net >= 0),
    CONSTRAINT invoice_line_job_id_fkey FOREIGN KEY (job_id) REFERENCES job (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
-- The API serves tables of public to anyone with the public key until row level
-- security is on. Without policies, which are yours to write, only the owner and
-- service_role see the rows.
ALTER TABLE invoice_line ENABLE ROW LEVEL SECURITY;

CREATE INDEX ix_invoice_line_job_id ON invoice_line (job_id);
CREATE INDEX ix_line_extra ON invoice_line USING gin (extra);
CREATE UNIQUE INDEX uq_line_open ON invoice_line (job_id) WHERE state = 'OPEN';
