CREATE TYPE mood AS ENUM ('calm', 'busy');
ALTER TABLE place ADD COLUMN mood_at_night mood;
