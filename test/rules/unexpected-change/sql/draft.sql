alter table place add column region text, add column country varchar(2);
