alter table place add constraint place_name_key unique (name);
