alter table place add constraint place_code_key unique using index place_code_key;
