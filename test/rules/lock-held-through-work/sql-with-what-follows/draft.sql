-- Places lie in regions.
alter table place add column region text;

-- All of them in the north, so far.
update place set region = 'north';
alter table place add constraint place_region_check check (region <> '') not valid;
