alter table visit add constraint visit_place_id_is_not_null check (place_id is not null) not valid;
