-- Every place is in a town.
alter table place
    add column town_id bigint default 1 not null, add constraint place_town_fkey foreign key (town_id) references town (id) on delete set null not valid, -- Ghent
    add column floor integer;
comment on column place.town_id is 'Where it is';
