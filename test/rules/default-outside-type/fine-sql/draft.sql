alter table place add column open boolean not null default true;
alter table place add column stars integer default '3';
alter table place alter column mood set default 'busy';
