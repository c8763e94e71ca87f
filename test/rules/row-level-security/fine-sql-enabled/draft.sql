create table visit (id bigint primary key);
alter table visit enable row level security;
