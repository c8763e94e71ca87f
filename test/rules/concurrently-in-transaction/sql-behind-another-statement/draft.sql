alter table place add column region text;
create index concurrently ix_place_region on place (region);
