create table place (
    id bigint primary key
);
