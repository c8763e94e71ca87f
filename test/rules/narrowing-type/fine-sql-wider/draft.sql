alter table place alter column code type varchar(40), alter column rating type bigint;
