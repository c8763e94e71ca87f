-- new-schema

CREATE SCHEMA billing;
CREATE TYPE billing.invoice_state AS ENUM ('OPEN', 'PAID');

CREATE TABLE billing.invoice (
    id SERIAL NOT NULL,
    state billing.invoice_state NOT NULL,
    job_id integer NOT NULL,
    CONSTRAINT invoice_pkey PRIMARY KEY (id),
    CONSTRAINT invoice_job_id_fkey FOREIGN KEY (job_id) REFERENCES job (id)
);
