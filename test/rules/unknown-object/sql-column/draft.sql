alter table place
    alter column ratng set default 0,
    add column region text;
