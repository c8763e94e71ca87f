alter table place add column region text;
-- By region
create index concurrently ix_place_region on place (region);
create index concurrently ix_place_town on place (town);
drop index concurrently ix_place_name;
alter table place add column size integer;
