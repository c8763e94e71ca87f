create table visit (
    id bigint primary key,
    seen_at timestamp without time zone default now() not null,
    photo bytea,
    label character varying(80) not null
);
alter table place add column price numeric, add column tiny smallint;
