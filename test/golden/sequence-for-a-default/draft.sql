-- sequence-for-a-default

CREATE SEQUENCE ticket_seq START WITH 50;

ALTER TABLE job ALTER COLUMN ticket SET DEFAULT nextval('ticket_seq');
