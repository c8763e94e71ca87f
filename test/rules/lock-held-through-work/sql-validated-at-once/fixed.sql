alter table place add constraint place_rating_check check (rating between 1 and 5) not valid;
