-- Every place is in a town.
alter table place
    add column town_id bigint default 1 constraint place_town_fkey references town (id) on delete set null not null, -- Ghent
    add column floor integer;
comment on column place.town_id is 'Where it is';
