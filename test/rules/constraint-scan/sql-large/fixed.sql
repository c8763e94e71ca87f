alter table visit drop constraint visit_place_id_fkey, add constraint visit_place_id_fkey foreign key (place_id) references place (id) on delete cascade not valid;
