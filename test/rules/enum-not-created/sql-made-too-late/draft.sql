alter table place add column mood mood;
create type mood as enum ('calm', 'busy');
