-- sequence-removed

ALTER TABLE job ALTER COLUMN ticket DROP DEFAULT;

-- Where it stands is lost.
DROP SEQUENCE ticket_seq;
