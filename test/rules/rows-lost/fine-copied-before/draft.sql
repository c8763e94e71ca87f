CREATE TABLE place_before (LIKE place);
INSERT INTO place_before (id, name, town_id, rating) SELECT id, name, town_id, rating FROM place;
TRUNCATE place;
