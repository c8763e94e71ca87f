-- self-reference-created

CREATE TABLE node (
    id SERIAL NOT NULL,
    parent_id integer,
    CONSTRAINT node_pkey PRIMARY KEY (id),
    CONSTRAINT node_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES node (id) ON DELETE CASCADE
);
-- The API serves tables of public to anyone with the public key until row level
-- security is on. Without policies, which are yours to write, only the owner and
-- service_role see the rows.
ALTER TABLE node ENABLE ROW LEVEL SECURITY;

CREATE INDEX ix_node_parent_id ON node (parent_id);
