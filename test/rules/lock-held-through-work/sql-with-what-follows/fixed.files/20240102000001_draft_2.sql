-- Behind 20240102000000_draft.sql, which is committed before.
-- All of them in the north, so far.
update place set region = 'north';
alter table place add constraint place_region_check check (region <> '') not valid;
