drop view rated_place;
alter table place drop column rating;
