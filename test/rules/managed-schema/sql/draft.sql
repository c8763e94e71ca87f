alter table place add column region text;
alter table auth.users add column nickname text;
