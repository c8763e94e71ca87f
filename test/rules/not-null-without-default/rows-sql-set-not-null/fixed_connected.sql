alter table place alter column rating set default 0;
UPDATE place SET rating = DEFAULT WHERE rating IS NULL;
alter table place alter column rating set not null;
