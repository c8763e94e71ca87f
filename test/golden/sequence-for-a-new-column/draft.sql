-- sequence-for-a-new-column

CREATE SEQUENCE ticket_seq;

ALTER TABLE job ADD COLUMN ticket integer DEFAULT nextval('ticket_seq') NOT NULL;
