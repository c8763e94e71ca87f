INSERT INTO price VALUES ('a', 1), ('b', 1);
