-- A town is a city
alter table place rename town to town_name;
