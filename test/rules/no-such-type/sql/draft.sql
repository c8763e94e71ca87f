create table visit (
    id bigint primary key,
    seen_at datetime default now() not null,
    photo longblob,
    label nvarchar(80) not null
);
alter table place add column price numeric(2000, 2), add column tiny tinyint;
