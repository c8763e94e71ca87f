create table visit (id bigint primary key, place_id bigint);
alter table visit enable row level security;
create index ix_visit_place_id on visit (place_id);
