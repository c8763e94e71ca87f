alter table place add column region text;
