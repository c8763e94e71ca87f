-- Give places a mood
alter table place add column mood mood;
