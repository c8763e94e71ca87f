-- Places belong to somebody
alter table place
    add column owner text not null, -- their e-mail address
    add column region text;
