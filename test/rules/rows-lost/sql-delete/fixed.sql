-- Ratings begin anew.
CREATE TABLE place_dropped (LIKE place);
INSERT INTO place_dropped (id, name, town_id, rating) SELECT id, name, town_id, rating FROM place;
delete from place;
alter table place alter column rating set not null;
