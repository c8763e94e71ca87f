alter table place add constraint place_code_key unique (code);
