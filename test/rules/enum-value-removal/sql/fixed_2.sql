ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('calm', 'loud');
ALTER TABLE place ALTER COLUMN mood DROP DEFAULT;
ALTER TABLE place ALTER COLUMN mood TYPE mood USING (CASE mood::text WHEN 'busy' THEN 'loud' ELSE mood::text END)::mood;
ALTER TABLE place ALTER COLUMN mood SET DEFAULT 'calm';
DROP TYPE mood_old;
