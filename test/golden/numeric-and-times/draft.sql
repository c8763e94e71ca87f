-- numeric-and-times

ALTER TABLE job ALTER COLUMN net TYPE numeric(12,4);
ALTER TABLE job ALTER COLUMN net SET DEFAULT '0.5';
-- REVIEW: the values are taken for times in the TimeZone of the session that runs this.
-- If they are UTC, say USING made AT TIME ZONE 'UTC', here and in the downgrade.
ALTER TABLE job ALTER COLUMN made TYPE timestamp with time zone;
ALTER TABLE job ALTER COLUMN made SET DEFAULT now();
ALTER TABLE job ALTER COLUMN made SET NOT NULL;
