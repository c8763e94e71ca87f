-- Nobody reads it any more.
drop index concurrently if exists ix_place_name;
