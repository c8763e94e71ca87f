alter table place
    add column region text;
alter table place rename name to full_name;
alter table place alter column full_name set default '';
alter table place
    alter column rating set default 0;
alter index ix_place_name rename to ix_place_full_name;
