DELETE FROM place;
INSERT INTO place (name, rating) VALUES ('Harbour', 5), ('Mill', 1);
