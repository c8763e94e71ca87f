-- The region of a place
alter table place add column region text;
alter table place add column country character varying(2);
