alter table place
    add constraint place_rating_check check (rating > 0) not valid,
    add constraint place_town_check check (town <> '') not valid;
alter table visit add constraint visit_seen_check check (seen_at > '2000-01-01') not valid;
