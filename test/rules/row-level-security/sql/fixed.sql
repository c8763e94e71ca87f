-- Who was where
create table visit (
    id bigint primary key,
    place_id bigint not null references place (id)
);
alter table visit enable row level security;
