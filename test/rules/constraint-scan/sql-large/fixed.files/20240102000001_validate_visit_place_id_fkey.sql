-- Looks at the rows that were there before, while others read and write.
alter table visit validate constraint visit_place_id_fkey;
