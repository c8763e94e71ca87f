-- A town is a city
alter table place add column town_name text;
alter table place drop column town;
