alter table place alter column rating set default 0;
alter table place alter column rating set not null;
