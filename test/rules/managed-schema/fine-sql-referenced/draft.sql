alter table place add column owner uuid references auth.users (id);
alter table place enable row level security;
create policy "Owners see their places" on place for select using (owner = (select id from auth.users limit 1));
