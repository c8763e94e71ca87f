begin;
create index ix_place_town on place (town);
commit;
