-- Where this fails, it leaves an invalid index behind, at which the next push stops
-- (42P07): drop that first.
create unique index concurrently place_code_key on place (code);
