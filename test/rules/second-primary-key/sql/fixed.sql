alter table place add column key uuid not null default gen_random_uuid();
alter table place drop constraint place_pkey;
alter table place add primary key (key);
