ALTER TABLE place ADD CONSTRAINT place_town_once UNIQUE USING INDEX place_town_once;
