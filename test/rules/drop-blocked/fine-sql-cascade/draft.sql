alter table place drop column rating cascade;
drop table place cascade;
