alter table place add column made_at timestamptz not null default now();
