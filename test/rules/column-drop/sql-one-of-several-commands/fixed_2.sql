-- Nobody reads the town any more
ALTER TABLE place
    ADD COLUMN region text, -- asked for in March
    ALTER COLUMN rating SET DEFAULT 0;
