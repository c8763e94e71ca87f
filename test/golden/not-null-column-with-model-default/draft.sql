-- not-null-column-with-model-default

ALTER TABLE job ADD COLUMN state character varying DEFAULT 'new' NOT NULL;
-- Rows that were there have 'new', the model's default; new ones get it from the model.
ALTER TABLE job ALTER COLUMN state DROP DEFAULT;
ALTER TABLE job ADD COLUMN tries integer DEFAULT 0 NOT NULL;
-- Rows that were there have 0, the model's default; new ones get it from the model.
ALTER TABLE job ALTER COLUMN tries DROP DEFAULT;
ALTER TABLE job ADD COLUMN ready boolean DEFAULT false NOT NULL;
-- Rows that were there have false, the model's default; new ones get it from the model.
ALTER TABLE job ALTER COLUMN ready DROP DEFAULT;
