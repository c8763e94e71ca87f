-- Codes are numbers
alter table place alter column town type integer;
