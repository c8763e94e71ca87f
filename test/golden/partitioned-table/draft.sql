-- partitioned-table

ALTER TABLE event ADD COLUMN kind character varying;

CREATE INDEX ix_event_kind ON event (kind);
