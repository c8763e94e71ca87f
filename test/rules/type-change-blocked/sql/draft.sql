alter table place alter column rating type bigint;
