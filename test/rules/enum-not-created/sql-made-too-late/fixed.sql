create type mood as enum ('calm', 'busy');
alter table place add column mood mood;
