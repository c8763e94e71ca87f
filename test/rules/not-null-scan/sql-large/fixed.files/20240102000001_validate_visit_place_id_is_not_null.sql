-- Looks at every row while others read and write: SET NOT NULL need not do it any more.
alter table visit validate constraint visit_place_id_is_not_null;
alter table visit alter column place_id set not null;
alter table visit drop constraint visit_place_id_is_not_null;
