alter table visit alter column place_id set not null;
