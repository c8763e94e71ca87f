-- Where this fails, it leaves an invalid index behind, at which the next push stops
-- (42P07): drop that first.
CREATE UNIQUE INDEX CONCURRENTLY place_town_once ON place (town_id);
