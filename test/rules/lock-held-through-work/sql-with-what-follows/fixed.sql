-- Places lie in regions.
alter table place add column region text;
