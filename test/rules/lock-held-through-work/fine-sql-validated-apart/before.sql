-- large: 2 rows
CREATE TABLE place (id bigint PRIMARY KEY, rating integer);
INSERT INTO place VALUES (1, 4), (2, 5);
ALTER TABLE place ADD CONSTRAINT place_rating_check CHECK (rating BETWEEN 1 AND 5) NOT VALID;
