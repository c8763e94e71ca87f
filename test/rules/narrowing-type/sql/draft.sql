alter table place alter column code type varchar(3);
