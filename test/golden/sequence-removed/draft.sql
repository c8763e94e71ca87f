-- sequence-removed

ALTER TABLE job ALTER COLUMN ticket DROP DEFAULT;

-- The downgrade makes it again, and it starts where it started at first.
DROP SEQUENCE ticket_seq;
