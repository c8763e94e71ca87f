-- Places are looked for by town and rating.
set lock_timeout = '2s';

-- Where it lies.
alter table place add column region text;

-- The search page asks for these.
create index ix_place_town on place (town);
create index ix_place_rating on place (rating);

-- Nobody reads it any more.
drop index ix_place_name;

-- Who was there.
create index ix_visit_place_code on visit (place_code); -- for reports
create table note (id bigint primary key, place_id bigint not null references place (id));
alter table note enable row level security;
