-- Ratings begin anew.
delete from place;
alter table place alter column rating set not null;
