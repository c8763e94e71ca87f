-- Looks at the rows that were there before, while others read and write.
alter table place validate constraint place_town_fkey;
