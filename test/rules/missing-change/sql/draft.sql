-- The region of a place
alter table place add column region text;
