alter table place add column key uuid not null default gen_random_uuid(), add primary key (key);
