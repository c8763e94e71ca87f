DO $$ BEGIN
    CREATE TYPE mood AS ENUM ('calm', 'busy');
EXCEPTION
    WHEN duplicate_object THEN NULL;
END $$;
ALTER TABLE place ADD COLUMN mood_at_night mood;
