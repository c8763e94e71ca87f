create table visit (
    id bigint primary key,
    place_code varchar(12) references place (code)
);
alter table visit enable row level security;
