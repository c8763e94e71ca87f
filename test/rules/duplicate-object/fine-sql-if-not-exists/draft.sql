create table if not exists place (id bigint primary key);
alter table place add column if not exists town text;
create index if not exists ix_place_name on place (name);
