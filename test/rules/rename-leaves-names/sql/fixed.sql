alter table place rename column name to title;
alter index ix_place_name rename to ix_place_title;
