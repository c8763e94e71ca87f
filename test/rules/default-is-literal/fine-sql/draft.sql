alter table place add column made_at timestamptz not null default now(), add column key uuid default gen_random_uuid(), add column note text default 'now open';
