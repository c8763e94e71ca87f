-- Where this fails, it leaves an invalid index behind, at which the next push stops
-- (42P07): drop that first.
create index concurrently ix_place_town on place (town);
