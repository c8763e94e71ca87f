alter table place add constraint place_town_is_not_null check (town is not null) not valid, alter column rating set default 0;
