drop view rated_place;
alter table place alter column rating type bigint;
CREATE VIEW rated_place AS SELECT id, name, rating FROM place WHERE rating IS NOT NULL;
