alter table place add column if not exists floor integer, add column code varchar(12) unique check (code <> 'x');
