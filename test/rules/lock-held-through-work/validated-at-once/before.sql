-- large: 2 rows
CREATE TABLE place (id bigint PRIMARY KEY, rating integer);
INSERT INTO place VALUES (1, 4), (2, 5);
