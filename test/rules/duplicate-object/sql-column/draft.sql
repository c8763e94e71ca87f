alter table place add column region text, add column town text;
