ALTER TABLE place ADD COLUMN mood_at_night mood;
