alter table place drop column rating;
