alter table place
    add column region text,
    drop column name,
    add column full_name text not null default '', -- shown to visitors
    alter column rating set default 0;
create index ix_place_full_name on place (full_name);
