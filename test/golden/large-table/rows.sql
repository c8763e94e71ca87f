INSERT INTO customer DEFAULT VALUES;
INSERT INTO sale (code, region, amount, channel, customer_id) VALUES ('a', NULL, 1, 'web', 1), ('b', 'south', 2, NULL, NULL), ('c', 'south', 3, 'web', NULL);
