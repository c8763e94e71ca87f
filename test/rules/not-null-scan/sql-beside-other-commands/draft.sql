alter table place alter column town set not null, alter column rating set default 0;
alter table place alter column rating set statistics 200;
