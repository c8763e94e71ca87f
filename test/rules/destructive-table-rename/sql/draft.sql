-- Places are called venues
create table venue (
    id bigint primary key,
    name text not null,
    town text,
    rating integer,
    code varchar(12)
);
create index ix_venue_name on venue (name);
drop table place;
