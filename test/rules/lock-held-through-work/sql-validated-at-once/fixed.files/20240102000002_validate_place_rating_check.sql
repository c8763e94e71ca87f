-- Behind 20240102000000_draft.sql, which is committed before.
alter table place validate constraint place_rating_check;
