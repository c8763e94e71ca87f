alter table place validate constraint place_rating_check;
