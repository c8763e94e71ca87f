drop table visit, place cascade;
