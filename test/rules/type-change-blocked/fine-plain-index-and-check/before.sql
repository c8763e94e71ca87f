CREATE TABLE place (id integer PRIMARY KEY, price integer CHECK (price > 0), note text);
CREATE INDEX place_price ON place (price) WHERE price IS NOT NULL;
INSERT INTO place VALUES (1, 10);
