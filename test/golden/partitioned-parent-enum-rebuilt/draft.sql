-- partitioned-parent-enum-rebuilt

ALTER TYPE event_kind RENAME TO event_kind_old;
CREATE TYPE event_kind AS ENUM ('B', 'A');

ALTER TABLE event ALTER COLUMN kind DROP DEFAULT;
ALTER TABLE event ALTER COLUMN kind TYPE event_kind USING kind::text::event_kind;
ALTER TABLE event ALTER COLUMN kind SET DEFAULT 'A';

DROP TYPE event_kind_old;
