-- server-default-changed

ALTER TABLE job ALTER COLUMN state SET DEFAULT 'it''s open';
ALTER TABLE job ALTER COLUMN tries DROP DEFAULT;
ALTER TABLE job ALTER COLUMN made SET DEFAULT now();
