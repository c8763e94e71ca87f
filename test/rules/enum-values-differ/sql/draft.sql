create type mood as enum ('CALM', 'BUSY');
alter table place add column mood mood;
