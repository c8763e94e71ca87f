-- Places are looked for by town and rating.
set lock_timeout = '2s';

-- Where it lies.
alter table place add column region text;

create table note (id bigint primary key, place_id bigint not null references place (id));
alter table note enable row level security;
