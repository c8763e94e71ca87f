alter table place rename column name to title;
