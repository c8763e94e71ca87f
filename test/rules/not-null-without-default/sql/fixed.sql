-- Places belong to somebody
alter table place
    add column owner text, -- their e-mail address
    add column region text;
