-- In a file of its own
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_place_town ON place (town);
