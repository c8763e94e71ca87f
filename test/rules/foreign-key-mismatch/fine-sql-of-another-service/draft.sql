alter table place add column owner uuid references members.person (id) on delete cascade;
