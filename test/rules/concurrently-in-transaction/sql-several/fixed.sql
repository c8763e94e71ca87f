alter table place add column region text;
alter table place add column size integer;
