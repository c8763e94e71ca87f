ALTER TABLE place ADD COLUMN rating integer DEFAULT 3 CHECK (rating BETWEEN 1 AND 5) CHECK (rating <> 4) NOT NULL;
ALTER TABLE place ADD COLUMN code text CHECK (code ~ '^[a-z]+$') DEFAULT NULL, ADD CHECK (name <> '');
