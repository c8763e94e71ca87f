-- Add a region
SET LOCAL lock_timeout = '5s';
alter table place add column region text;
