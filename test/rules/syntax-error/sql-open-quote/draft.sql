alter table place add column region text default 'north;

alter table place drop column town;
