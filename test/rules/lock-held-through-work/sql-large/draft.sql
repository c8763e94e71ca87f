alter table place add column region text;
update place set region = 'north';
