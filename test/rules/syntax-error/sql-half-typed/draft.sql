alter table place add column region text;

alter table place alter column rating set

alter table place drop column town;
