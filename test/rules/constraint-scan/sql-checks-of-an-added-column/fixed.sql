ALTER TABLE place ADD COLUMN rating integer DEFAULT 3 CHECK (rating BETWEEN 1 AND 5) NOT NULL, ADD CONSTRAINT place_rating_check1 CHECK (rating <> 4) NOT VALID;
