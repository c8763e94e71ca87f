-- partitioned-parent-changed

ALTER TABLE event ADD COLUMN size integer;
ALTER TABLE event ALTER COLUMN kind TYPE character varying(20);
ALTER TABLE event ALTER COLUMN kind SET DEFAULT 'x';
ALTER TABLE event ALTER COLUMN note SET DEFAULT '';
ALTER TABLE event ALTER COLUMN note SET NOT NULL;

ALTER TABLE event ADD CONSTRAINT uq_event UNIQUE (kind, day);
ALTER TABLE event ADD CONSTRAINT ck_event_size CHECK (size > 0);

CREATE INDEX ix_event_kind ON event (kind) WHERE size IS NULL;

ALTER TABLE event DROP COLUMN old;
