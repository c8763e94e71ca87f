alter table place add column city text;
update place set city = town;
alter table place drop column town;
