-- Add a region
alter table place add column region text;
