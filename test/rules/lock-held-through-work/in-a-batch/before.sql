-- large: 3 rows
CREATE TABLE customer (id integer PRIMARY KEY);
INSERT INTO customer VALUES (1), (2);
CREATE TABLE place (id integer PRIMARY KEY, name text, floor integer, customer_id integer);
INSERT INTO place VALUES (1, 'Café', 1, 1), (2, 'Bar', 2, 2), (3, 'Pub', 3, NULL);
